using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Fourier;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>The state of a recovery (spectrum, pupil, gains) and one sweep over the images.</summary>
internal sealed class FourierPtychographyEngine
{
    private readonly FourierPtychographyData _data;
    private readonly SpectrumGeometry _geometry;
    private readonly ComplexField _spectrum;
    private readonly SplitPlane _pupil;
    private readonly float[] _support;
    private readonly Fft2D _fft;

    // One window's buffers.
    private readonly SplitPlane _object;
    private readonly SplitPlane _far;
    private readonly SplitPlane _wave;
    private readonly float[] _magnitude;
    private readonly float[] _scratch;

    public FourierPtychographyEngine(
        FourierPtychographyData data,
        SpectrumGeometry geometry,
        FourierPtychographyOptions options
    )
    {
        _data = data;
        _geometry = geometry;
        var pixels = data.Height * data.Width;
        _fft = new Fft2D(data.Height, data.Width);
        (_object, _far, _wave, _pupil) = (new(pixels), new(pixels), new(pixels), new(pixels));
        (_magnitude, _scratch) = (new float[pixels], new float[pixels]);
        Load(data.Pupil ?? geometry.IdealPupil(), 0, 0, _pupil);
        var support = new ComplexField(data.Height, data.Width, geometry.PupilSupport(options.PupilMargin), _scratch);
        Load(support, 0, 0, _wave);
        _support = (float[])_wave.Re.Clone();
        Gains = new float[data.ImageCount];
        Array.Fill(Gains, 1f);
        _spectrum = new ComplexField(geometry.ObjectHeight, geometry.ObjectWidth);
        Start();
    }

    public float[] Gains { get; }

    /// <summary>Updates with every image in order; returns ‖|model| − g·a‖/‖g·a‖ before each update.</summary>
    public double Sweep(bool updatePupil, bool fitGains, CancellationToken cancellationToken)
    {
        var (error, norm) = (0.0, 0.0);
        for (var k = 0; k < _data.ImageCount; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (row, column) = (_geometry.Rows[k], _geometry.Columns[k]);
            Load(_spectrum, row, column, _object);
            PlaneKernels.Multiply(_object, _pupil, _far);
            CopyTo(_far, _wave);
            _fft.Inverse(_wave.Re, _wave.Im);
            PlaneKernels.Magnitude(_wave, _magnitude);
            var image = _data.Image(k);
            if (fitGains)
                Gains[k] = TensorPrimitives.Sum<float>(_magnitude) / TensorPrimitives.Sum(image);
            TensorPrimitives.Multiply(image, Gains[k], _scratch);
            norm += TensorPrimitives.SumOfSquares<float>(_scratch);
            var distance = TensorPrimitives.Distance<float>(_magnitude, _scratch);
            error += (double)distance * distance;

            ReplaceAmplitudes();
            _fft.Forward(_wave.Re, _wave.Im);
            TensorPrimitives.Subtract(_wave.Re, _far.Re, _wave.Re);
            TensorPrimitives.Subtract(_wave.Im, _far.Im, _wave.Im);
            Update(row, column, updatePupil);
        }
        return Math.Sqrt(error / norm);
    }

    /// <summary>The object in the data's units.</summary>
    public ComplexField Object()
    {
        var (h, w) = (_spectrum.Height, _spectrum.Width);
        var field = new ComplexField(h, w);
        CentredSpectrum.Load(_spectrum, 0, 0, field.Real, field.Imaginary, h, w);
        new Fft2D(h, w).Inverse(field.Real, field.Imaginary);
        return field;
    }

    /// <summary>The pupil, zero frequency in the centre.</summary>
    public ComplexField Pupil()
    {
        var pupil = new ComplexField(_data.Height, _data.Width);
        CentredSpectrum.Store(pupil, 0, 0, _pupil.Re, _pupil.Im, pupil.Height, pupil.Width);
        return pupil;
    }

    // The start is the image under the most upright light, without phase, in the centre of the spectrum: the model then
    // has the right scale, and no tilt.
    private void Start()
    {
        var upright = 0;
        for (var k = 1; k < _data.ImageCount; k++)
            if (SineSquared(k) < SineSquared(upright))
                upright = k;
        _data.Image(upright).CopyTo(_wave.Re);
        Array.Clear(_wave.Im);
        _fft.Forward(_wave.Re, _wave.Im);
        var row = _spectrum.Height / 2 - _data.Height / 2;
        var column = _spectrum.Width / 2 - _data.Width / 2;
        CentredSpectrum.Store(_spectrum, row, column, _wave.Re, _wave.Im, _data.Height, _data.Width);
    }

    private double SineSquared(int k) =>
        _data.Directions[k].X * _data.Directions[k].X + _data.Directions[k].Y * _data.Directions[k].Y;

    // wave ← wave·(g·a)/|wave|, with phase 0 where the wave is 0; _scratch holds g·a.
    private void ReplaceAmplitudes()
    {
        for (var i = 0; i < _magnitude.Length; i++)
            if (_magnitude[i] == 0)
                (_wave.Re[i], _magnitude[i]) = (1, 1);
        TensorPrimitives.Divide<float>(_scratch, _magnitude, _scratch);
        TensorPrimitives.Multiply<float>(_wave.Re, _scratch, _wave.Re);
        TensorPrimitives.Multiply<float>(_wave.Im, _scratch, _wave.Im);
    }

    // O += conj(P)·Δ/max|P|² and P += conj(O)·Δ/max|O|² within the support, both from the values before.
    private void Update(int row, int column, bool updatePupil)
    {
        var objectStep = 1 / PlaneKernels.LargestSquare(_pupil, _scratch);
        if (!updatePupil)
            PlaneKernels.AddConjugateProduct(_object, _pupil, _wave, objectStep);
        else
        {
            var pupilStep = 1 / PlaneKernels.LargestSquare(_object, _scratch);
            CopyTo(_object, _far);
            PlaneKernels.AddConjugateProduct(_object, _pupil, _wave, objectStep);
            PlaneKernels.AddConjugateProduct(_pupil, _far, _wave, pupilStep);
            // The added zero turns −0 outside into 0, whose phase is 0.
            TensorPrimitives.MultiplyAdd<float>(_pupil.Re, _support, 0f, _pupil.Re);
            TensorPrimitives.MultiplyAdd<float>(_pupil.Im, _support, 0f, _pupil.Im);
        }
        CentredSpectrum.Store(_spectrum, row, column, _object.Re, _object.Im, _data.Height, _data.Width);
    }

    private void Load(ComplexField from, int row, int column, SplitPlane plane) =>
        CentredSpectrum.Load(from, row, column, plane.Re, plane.Im, _data.Height, _data.Width);

    private static void CopyTo(SplitPlane from, SplitPlane to)
    {
        from.Re.CopyTo(to.Re, 0);
        from.Im.CopyTo(to.Im, 0);
    }
}
