using Ptycho.Physics.Measurements;
using Ptycho.Physics.Scans;

namespace Ptycho.Solvers.Tiling;

/// <summary>Which frames belong to which tile of a measurement.</summary>
internal static class TileGrid
{
    /// <summary>The tiles that hold at least one frame, row after row.</summary>
    /// <exception cref="ArgumentException">A frame's window lies whole in no tile; frame and overlap are named.</exception>
    internal static IReadOnlyList<TilePlan> Of(Measurement measurement, TilingOptions options)
    {
        options.RequireOverlapBelowTile(nameof(options));
        var rows = Axis(measurement.ObjectHeight, options);
        var columns = Axis(measurement.ObjectWidth, options);
        var tiles = new List<TilePlan>();
        var placed = new bool[measurement.Data.FrameCount];
        foreach (var row in rows)
        foreach (var column in columns)
        {
            var frames = Enumerable
                .Range(0, placed.Length)
                .Where(k => Lies(measurement, measurement.Positions[k], row, column))
                .ToArray();
            foreach (var frame in frames)
                placed[frame] = true;
            if (frames.Length > 0)
                tiles.Add(new TilePlan(row.Start, column.Start, row.Length, column.Length, frames));
        }
        var lost = Array.IndexOf(placed, false);
        return lost < 0
            ? tiles
            : throw new ArgumentException(
                $"The window of frame {lost} ({measurement.Probe.Height}×{measurement.Probe.Width}) lies whole in no tile: "
                    + $"Overlap is {options.Overlap}; it must be at least the window, and one pixel more for fractions.",
                nameof(options)
            );
    }

    /// <summary>A tile's measurement, an experiment of its own.</summary>
    internal static Measurement Cut(Measurement measurement, TilePlan tile)
    {
        var selected = measurement.Select(tile.Frames);
        var positions = selected.Positions.Shifted(-tile.Row, -tile.Column);
        return new Measurement(selected.Data, positions, selected.Probe, tile.Height, tile.Width);
    }

    private static bool Lies(Measurement measurement, ScanPosition at, TileSpan row, TileSpan column) =>
        row.Holds(at.Row, measurement.Probe.Height) && column.Holds(at.Column, measurement.Probe.Width);

    private static TileSpan[] Axis(int length, TilingOptions options)
    {
        if (length <= options.TileSize)
            return [new TileSpan(0, length, First: true, Last: true)];
        var free = length - options.TileSize;
        var step = options.TileSize - options.Overlap;
        var count = (free + step - 1) / step + 1;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new TileSpan(
                    (int)((long)i * free / (count - 1)),
                    options.TileSize,
                    i == 0,
                    i == count - 1
                )),
        ];
    }

    /// <summary>A tile's extent along one axis; outwards of the field it has no end, for windows may overhang it.</summary>
    private sealed record TileSpan(int Start, int Length, bool First, bool Last)
    {
        public bool Holds(double position, int window) =>
            (First || position >= Start) && (Last || Math.Ceiling(position) + window <= Start + Length);
    }
}
