using System.Numerics.Tensors;
using Ptycho.IO;
using Ptycho.Physics.Fourier;
using Ptycho.Physics.Objects;

namespace Ptycho.Physics.FourierPtychography;

/// <summary>One sweep of a recovery over the images, and the memory for it.</summary>
internal sealed class FourierPtychographyEngine
{
    private readonly FourierPtychographyData _data;
    private readonly SpectrumGeometry _geometry;
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
        (_object, _far, _wave) = (new(pixels), new(pixels), new(pixels));
        (_magnitude, _scratch) = (new float[pixels], new float[pixels]);
        State = new FourierPtychographyState(
            new ComplexField(geometry.ObjectHeight, geometry.ObjectWidth),
            new SplitPlane(pixels),
            new float[data.ImageCount]
        );
        Load(data.Pupil ?? geometry.IdealPupil(), 0, 0, State.Pupil);
        var support = new ComplexField(data.Height, data.Width, geometry.PupilSupport(options.PupilMargin), _scratch);
        Load(support, 0, 0, _wave);
        _support = (float[])_wave.Re.Clone();
        Array.Fill(State.Gains, 1f);
        Start();
    }

    public FourierPtychographyState State { get; }

    /// <summary>Updates with every image in order; returns ‖|model| − g·a‖/‖g·a‖ before each update.</summary>
    public double Sweep(bool updatePupil, bool fitGains, CancellationToken cancellationToken)
    {
        var (error, norm) = (0.0, 0.0);
        for (var k = 0; k < _data.ImageCount; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (row, column) = (_geometry.Rows[k], _geometry.Columns[k]);
            Load(State.Spectrum, row, column, _object);
            PlaneKernels.Multiply(_object, State.Pupil, _far);
            CopyTo(_far, _wave);
            _fft.Inverse(_wave.Re, _wave.Im);
            PlaneKernels.Magnitude(_wave, _magnitude);
            var image = _data.Image(k);
            if (fitGains)
                State.Gains[k] = TensorPrimitives.Sum<float>(_magnitude) / TensorPrimitives.Sum(image);
            TensorPrimitives.Multiply(image, State.Gains[k], _scratch);
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

    /// <summary>What the state means; new fields. The scale is 0 where the object is.</summary>
    /// <param name="errors">Errors of the sweeps that led to it.</param>
    /// <param name="elapsed">Time spent.</param>
    public FourierPtychographyResult Result(ReadOnlySpan<double> errors, TimeSpan elapsed)
    {
        var (h, w) = (State.Spectrum.Height, State.Spectrum.Width);
        var field = new ComplexField(h, w);
        CentredSpectrum.Load(State.Spectrum, 0, 0, field.Real, field.Imaginary, h, w);
        new Fft2D(h, w).Inverse(field.Real, field.Imaginary);
        var pupil = new ComplexField(_data.Height, _data.Width);
        CentredSpectrum.Store(pupil, 0, 0, State.Pupil.Re, State.Pupil.Im, pupil.Height, pupil.Width);
        var scale = ObjectGauge.Normalise(field);
        return new FourierPtychographyResult(
            field,
            pupil,
            scale,
            errors.ToArray(),
            (float[])State.Gains.Clone(),
            elapsed
        );
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
        var row = State.Spectrum.Height / 2 - _data.Height / 2;
        var column = State.Spectrum.Width / 2 - _data.Width / 2;
        CentredSpectrum.Store(State.Spectrum, row, column, _wave.Re, _wave.Im, _data.Height, _data.Width);
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
        var objectStep = 1 / PlaneKernels.LargestSquare(State.Pupil, _scratch);
        if (!updatePupil)
            PlaneKernels.AddConjugateProduct(_object, State.Pupil, _wave, objectStep);
        else
        {
            var pupilStep = 1 / PlaneKernels.LargestSquare(_object, _scratch);
            CopyTo(_object, _far);
            PlaneKernels.AddConjugateProduct(_object, State.Pupil, _wave, objectStep);
            PlaneKernels.AddConjugateProduct(State.Pupil, _far, _wave, pupilStep);
            // The added zero turns −0 outside into 0, whose phase is 0.
            TensorPrimitives.MultiplyAdd<float>(State.Pupil.Re, _support, 0f, State.Pupil.Re);
            TensorPrimitives.MultiplyAdd<float>(State.Pupil.Im, _support, 0f, State.Pupil.Im);
        }
        CentredSpectrum.Store(State.Spectrum, row, column, _object.Re, _object.Im, _data.Height, _data.Width);
    }

    private void Load(ComplexField from, int row, int column, SplitPlane plane) =>
        CentredSpectrum.Load(from, row, column, plane.Re, plane.Im, _data.Height, _data.Width);

    private static void CopyTo(SplitPlane from, SplitPlane to)
    {
        from.Re.CopyTo(to.Re, 0);
        from.Im.CopyTo(to.Im, 0);
    }
}
