using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Measurements;

namespace Ptycho.Physics.Files;

/// <summary>Puts a measurement into the places of ptypy's prepared data, one chunk for all frames.</summary>
internal static class PtydWriter
{
    public static void Write(string path, Measurement measurement, ExperimentGeometry geometry, int deflateLevel)
    {
        var data = measurement.Data;
        var storage = new Hdf5StorageOptions { DeflateLevel = deflateLevel, ChunkShape = [1, data.Height, data.Width] };
        Hdf5File.Write(
            path,
            root =>
            {
                root.SetAttribute("h5rw_version", "0.1");
                var chunk = root.CreateGroup("chunks/0");
                WriteStack(
                    chunk,
                    "data",
                    data,
                    storage,
                    frame => Centre.Of(data.Values, frame, data.Height, data.Width)
                );
                Array(chunk, "indices", NumericArray.Create<long>(Indices(data), data.FrameCount));
                var metres = measurement.Positions.Select(p => geometry.ToMetres(p, data.Height, data.Width));
                var positions = metres.SelectMany(p => new[] { p.Y, p.X }).ToArray();
                Array(chunk, "positions", NumericArray.Create<double>(positions, data.FrameCount, 2));
                if (data.Mask is { } mask)
                    WriteStack(chunk, "weights", data, storage, frame => Weights(mask, frame, data.Height, data.Width));
                WriteMeta(root, data, geometry);
                Hdf5DroppedFrames.Write(root, "info", measurement.Dropped);
            }
        );
    }

    private static void WriteMeta(Hdf5GroupWriter root, DiffractionData data, ExperimentGeometry geometry)
    {
        double[] pixel = [geometry.DetectorPixelHeight, geometry.DetectorPixelWidth];
        foreach (var group in (ReadOnlySpan<string>)["meta", "info"])
        {
            Scalar(root, $"{group}/energy", geometry.Energy / ExperimentGeometry.JoulesPerKiloelectronvolt);
            Scalar(root, $"{group}/distance", geometry.Distance);
            Array(root, $"{group}/psize", NumericArray.Create<double>(pixel, 2));
            Array(root, $"{group}/shape", NumericArray.Create<long>([data.Height, data.Width], 2));
            Array(root, $"{group}/center", NumericArray.Create<double>([data.Height / 2, data.Width / 2], 2));
            Scalar(root, $"{group}/num_frames", data.FrameCount);
        }
    }

    private static void WriteStack(
        Hdf5GroupWriter chunk,
        string name,
        DiffractionData data,
        Hdf5StorageOptions storage,
        Func<int, float[]> frame
    )
    {
        var stack = chunk.CreateDataset(name, ElementType.Float32, [data.FrameCount, data.Height, data.Width], storage);
        stack.SetAttribute("type", "array");
        for (var k = 0; k < data.FrameCount; k++)
            stack.Write([k, 0, 0], NumericArray.Create<float>(frame(k), 1, data.Height, data.Width));
    }

    private static float[] Weights(DetectorMask mask, int frame, int height, int width)
    {
        var weights = Centre.Of(mask.PixelWeights.AsSpan(), height, width);
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= mask.FrameWeight(frame);
        return weights;
    }

    private static long[] Indices(DiffractionData data) =>
        [.. Enumerable.Range(0, data.FrameCount).Select(k => (long)k)];

    private static void Array(Hdf5GroupWriter group, string name, NumericArray values) =>
        group.WriteDataset(name, values).SetAttribute("type", "array");

    private static void Scalar(Hdf5GroupWriter group, string name, double value) =>
        group.WriteDataset(name, NumericArray.Create<double>([value], [])).SetAttribute("type", "scalar");
}
