namespace Ptycho.Diffusion.Training.Objectives;

/// <summary>Measures a network on data that it is not trained on.</summary>
public interface IValidator
{
    /// <summary>Measures the network as it is now; called under no_grad with the averaged weights in place.</summary>
    public ValidationResult Validate(CancellationToken cancellationToken = default);
}
