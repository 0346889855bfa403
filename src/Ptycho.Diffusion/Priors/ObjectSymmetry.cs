namespace Ptycho.Diffusion.Priors;

/// <summary>The images of an object that its prior finds exactly as likely as the object itself.</summary>
public enum ObjectSymmetry
{
    /// <summary>None: the prior knows up from down, as one of circuits or gratings does.</summary>
    None,

    /// <summary>Mirror images along both axes.</summary>
    Mirror,

    /// <summary>All eight turns and mirror images of a square, as of a sample that may lie any way round.</summary>
    Square,
}
