namespace TorchSharp.Modules;

public class ParamGroup : torch.optim.ILearningRateController
{
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    public double LearningRate { get; set; }

    public double InitialLearningRate { get; set; }
}
