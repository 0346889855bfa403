using Ptycho.IO;
using Ptycho.IO.Arrays;
using Ptycho.IO.Hdf5;
using Ptycho.Physics.Measurements;
using Ptycho.Physics.Probes;

namespace Ptycho.Physics.Files;

/// <summary>Puts a measurement into the places of CXI.</summary>
internal static class CxiWriter
{
    public static void Write(
        string path,
        Measurement measurement,
        ExperimentGeometry geometry,
        int deflateLevel,
        ComplexField? reconstruction = null
    )
    {
        var storage = new Hdf5StorageOptions
        {
            DeflateLevel = deflateLevel,
            ChunkShape = [1, measurement.Data.Height, measurement.Data.Width],
        };
        Hdf5File.Write(
            path,
            root =>
            {
                root.WriteDataset("cxi_version", NumericArray.Create<int>([160]));
                var entry = root.CreateGroup("entry_1");
                WriteSource(entry.CreateGroup("instrument_1/source_1"), measurement.Probe, geometry);
                WriteDetector(entry.CreateGroup("instrument_1/detector_1"), measurement.Data, geometry, storage);
                WritePositions(entry, measurement, geometry);
                entry.CreateLink("data_1/data", "/entry_1/instrument_1/detector_1/data");
                entry.CreateLink("data_1/translation", "/entry_1/sample_1/geometry_1/translation");
                WriteOwn(entry.CreateGroup("ptychography_1"), measurement);
                if (reconstruction is not null)
                    WriteImage(entry.CreateGroup("image_1"), reconstruction);
            }
        );
    }

    private static void WriteSource(Hdf5GroupWriter source, Probe probe, ExperimentGeometry geometry)
    {
        source.WriteDataset("energy", Number(geometry.Energy));
        var values = new List<float>();
        foreach (var mode in probe.Modes)
            for (var i = 0; i < mode.Length; i++)
                values.AddRange([mode.Real[i], mode.Imaginary[i]]);
        var shape =
            probe.ModeCount == 1 ? new[] { probe.Height, probe.Width } : [probe.ModeCount, probe.Height, probe.Width];
        source.WriteDataset("illumination", NumericArray.CreateComplex64(values.ToArray(), shape));
    }

    private static void WriteDetector(
        Hdf5GroupWriter detector,
        DiffractionData data,
        ExperimentGeometry geometry,
        Hdf5StorageOptions storage
    )
    {
        detector.WriteDataset("distance", Number(geometry.Distance));
        detector.WriteDataset("x_pixel_size", Number(geometry.DetectorPixelWidth));
        detector.WriteDataset("y_pixel_size", Number(geometry.DetectorPixelHeight));
        var shape = new long[] { data.FrameCount, data.Height, data.Width };
        var frames = detector.CreateDataset("data", ElementType.Float32, shape, storage);
        frames.SetAttribute("units", data.Unit.ToString());
        frames.SetAttribute("axes", "translation:y:x");
        for (var k = 0; k < data.FrameCount; k++)
        {
            var centred = Centre.Of(data.Values, k, data.Height, data.Width);
            frames.Write([k, 0, 0], NumericArray.Create<float>(centred, 1, data.Height, data.Width));
        }
        if (data.Mask is not { } mask)
            return;
        var weights = Centre.Of(mask.PixelWeights.AsSpan(), data.Height, data.Width);
        // 1 is CXI's "invalid"; any other bit says more than is known.
        var bits = weights.Select(weight => weight == 0 ? 1u : 0).ToArray();
        detector.WriteDataset("mask", NumericArray.Create<uint>(bits, data.Height, data.Width));
    }

    private static void WritePositions(Hdf5GroupWriter entry, Measurement measurement, ExperimentGeometry geometry)
    {
        var (height, width) = geometry.ObjectPixel(measurement.Data.Height, measurement.Data.Width);
        var metres = measurement.Positions.SelectMany(p => new[] { p.Column * width, p.Row * height, 0 }).ToArray();
        var array = NumericArray.Create<double>(metres, measurement.Positions.Count, 3);
        entry.WriteDataset("sample_1/geometry_1/translation", array).SetAttribute("units", "m");
    }

    private static void WriteOwn(Hdf5GroupWriter own, Measurement measurement)
    {
        var data = measurement.Data;
        var pixels = measurement.Positions.SelectMany(p => new[] { p.Row, p.Column }).ToArray();
        own.WriteDataset("positions", NumericArray.Create<double>(pixels, data.FrameCount, 2));
        own.WriteDataset(
            "object_shape",
            NumericArray.Create<int>([measurement.ObjectHeight, measurement.ObjectWidth], 2)
        );
        if (data.CountsPerUnit is { } counts)
            own.WriteDataset("counts_per_unit", Number(counts));
        Hdf5DroppedFrames.Write(own, "", measurement.Dropped);
        if (data.Mask is not { } mask)
            return;
        if (mask.PixelWeights.Any(weight => weight is not (0 or 1)))
        {
            var weights = Centre.Of(mask.PixelWeights.AsSpan(), data.Height, data.Width);
            own.WriteDataset("pixel_weights", NumericArray.Create<float>(weights, data.Height, data.Width));
        }
        if (mask.FrameWeights is { } frames)
            own.WriteDataset("frame_weights", NumericArray.Create(frames.AsSpan(), data.FrameCount));
    }

    private static void WriteImage(Hdf5GroupWriter image, ComplexField reconstruction)
    {
        image.WriteDataset("data", NumericArray.FromComplexField(reconstruction)).SetAttribute("axes", "y:x");
        image.WriteText("data_space", "real");
        image.WriteDataset("dimensionality", NumericArray.Create<int>([2]));
        image.WriteDataset("is_fft_shifted", NumericArray.Create<int>([0]));
    }

    private static NumericArray Number(double value) => NumericArray.Create<double>([value]);
}
