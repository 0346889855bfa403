namespace Ptycho.Physics.Objects;

/// <summary>Points in square bins, so that the nearest of very many is found quickly.</summary>
/// <param name="bin">Width of a bin; distances beyond it are not told apart.</param>
internal sealed class Crowd(double bin)
{
    private readonly Dictionary<(int Y, int X), List<(double Y, double X)>> _bins = [];

    public void Add(double y, double x)
    {
        var key = (Bin(y), Bin(x));
        if (!_bins.TryGetValue(key, out var points))
            _bins[key] = points = [];
        points.Add((y, x));
    }

    /// <summary>Distance to the nearest point if that is less than a bin, otherwise a bin or more.</summary>
    public double Room(double y, double x)
    {
        var nearest = double.PositiveInfinity;
        for (var row = Bin(y) - 1; row <= Bin(y) + 1; row++)
        for (var column = Bin(x) - 1; column <= Bin(x) + 1; column++)
            if (_bins.TryGetValue((row, column), out var points))
                foreach (var (py, px) in points)
                    nearest = Math.Min(nearest, (py - y) * (py - y) + (px - x) * (px - x));
        return Math.Sqrt(nearest);
    }

    private int Bin(double coordinate) => (int)Math.Floor(coordinate / bin);
}
