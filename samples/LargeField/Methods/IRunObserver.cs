namespace Ptycho.Samples.LargeField.Methods;

/// <summary>Is told how far each method is.</summary>
internal interface IRunObserver
{
    /// <summary>A method has done a share of its work, 0 to 1.</summary>
    void Advanced(string method, double share);

    /// <summary>A method is done.</summary>
    void Finished(FieldRun run);
}
