namespace Ptycho.Samples.Demo.Methods;

/// <summary>Sees a comparison go on, on the thread that does the work.</summary>
internal interface IComparisonObserver
{
    /// <summary>A method has got so far, in scenes; the fraction belongs to the scene that it works on.</summary>
    public void Advanced(string method, double scenes);

    /// <summary>A reconstruction is done.</summary>
    public void Finished(MethodRun run);
}
