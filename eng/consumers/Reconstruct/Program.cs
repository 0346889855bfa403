// From a measurement's file to a picture; arguments: the npz file, the picture to write.
using Ptycho.IO.Png;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Metrics;
using Ptycho.Solvers;
using Ptycho.Solvers.Reconstruction;

Measurement measurement = MeasurementFile.Read(args[0]);
ReconstructionResult result = Ptychography.Reconstruct(measurement);
Console.WriteLine($"{result.Solver}, residual {result.Residual:F4}. {result.Reason}");
PngFile.Write(args[1], FieldImage.Phase(result.Object));

// What a test wants to know besides: is it right, and was no native library loaded on the way?
double error = ReconstructionMetrics.Nrmse(result.Object, MeasurementFile.ReadTruth(args[0])!);
bool native = OperatingSystem.IsLinux() && File.ReadAllText("/proc/self/maps").Contains("libtorch");
Console.WriteLine($"NRMSE {error:F3}; libtorch {(native ? "was" : "was not")} loaded");
return error < 0.1 && !native ? 0 : 1;
