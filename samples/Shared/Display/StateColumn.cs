using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ptycho.Samples.Shared.Display;

/// <summary>The text beside a bar.</summary>
internal sealed class StateColumn : ProgressColumn
{
    private volatile string _text = "";

    public void Show(string text) => _text = text;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(_text);
}
