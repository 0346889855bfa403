using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ptycho.LibTorch.Tests.Optim;

/// <summary>Several steps on ½ Σ c (x − t)², whose gradient is c (x − t), against the published update.</summary>
public class AdamTests : TorchTest
{
    private const double Rate = .1;
    private const double Beta1 = .8;
    private const double Beta2 = .95;
    private const double Epsilon = 1e-3;
    private static readonly double[] Start = [1, -2, .5];
    private static readonly double[] Target = [0, 1, .5];
    private static readonly double[] Curvature = [1, 10, 3];

    [TestCase(0.0)]
    [TestCase(.2)]
    public void AdamDecaysThroughTheGradient(double decay)
    {
        var x = Parameter();
        using var adam = optim.Adam([x], Rate, Beta1, Beta2, Epsilon, decay);
        Run(adam, x, 6);
        Assert.That(Values.Of(x), Is.EqualTo(ClosedForm(6, throughGradient: decay, apart: 0)).Within(1e-12));
    }

    [TestCase(0.0)]
    [TestCase(.2)]
    public void AdamWDecaysTheWeightsApart(double decay)
    {
        var x = Parameter();
        using var adam = optim.AdamW([x], Rate, Beta1, Beta2, Epsilon, decay);
        Run(adam, x, 6);
        Assert.That(Values.Of(x), Is.EqualTo(ClosedForm(6, throughGradient: 0, apart: decay)).Within(1e-12));
    }

    [Test]
    public void TheRateMayChangeBetweenSteps()
    {
        var x = Parameter();
        using var adam = optim.Adam([x], Rate, Beta1, Beta2, Epsilon);
        Run(adam, x, 2);
        var before = Values.Of(x);
        foreach (var group in adam.ParamGroups)
            group.LearningRate = 0;
        Run(adam, x, 1);
        Assert.That(Values.Of(x), Is.EqualTo(before));
    }

    [Test]
    public void ParametersWithoutAGradientStay()
    {
        var (x, idle) = (Parameter(), Parameter());
        using var adam = optim.AdamW([x, idle], Rate, weight_decay: .5);
        Run(adam, x, 2);
        Assert.That(Values.Of(idle), Is.EqualTo(Start));
        Assert.That(Values.Of(x), Is.Not.EqualTo(Start));
    }

    [Test]
    public void ZeroGradClears()
    {
        var x = Parameter();
        using var adam = optim.Adam([x]);
        Loss(x).backward();
        adam.zero_grad();
        Assert.That(x.grad is null || Values.Of(x.grad).All(g => g == 0), Is.True);
    }

    private static Parameter Parameter() => nn.Parameter(tensor(Start));

    private static Tensor Loss(Tensor x) => (tensor(Curvature) * (x - tensor(Target)).square()).sum() / 2;

    private static void Run(optim.Optimizer optimizer, Tensor x, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            Loss(x).backward();
            optimizer.step();
        }
    }

    private static double[] ClosedForm(int steps, double throughGradient, double apart) =>
        [
            .. Start.Select(
                (start, i) =>
                {
                    var (x, m, v) = (start, 0.0, 0.0);
                    for (var t = 1; t <= steps; t++)
                    {
                        var g = Curvature[i] * (x - Target[i]) + throughGradient * x;
                        x -= Rate * apart * x;
                        m = Beta1 * m + (1 - Beta1) * g;
                        v = Beta2 * v + (1 - Beta2) * g * g;
                        var (mean, spread) = (m / (1 - Math.Pow(Beta1, t)), v / (1 - Math.Pow(Beta2, t)));
                        x -= Rate * mean / (Math.Sqrt(spread) + Epsilon);
                    }
                    return x;
                }
            ),
        ];
}
