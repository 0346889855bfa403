using System.Globalization;
using Ptycho.IO.Files;

namespace Ptycho.IO.Numpy;

/// <summary>
/// Parses the text of an npy header, a Python dict such as
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), }</c>, with exactly these keys in any order.
/// </summary>
internal ref struct NpyHeaderParser
{
    private readonly ReadOnlySpan<char> _text;
    private readonly string _file;
    private int _position;

    private NpyHeaderParser(string text, string file)
    {
        _text = text;
        _file = file;
    }

    public static (string Descr, bool FortranOrder, long[] Shape) Parse(string text, string file) =>
        new NpyHeaderParser(text, file).ReadDictionary();

    private (string Descr, bool FortranOrder, long[] Shape) ReadDictionary()
    {
        string? descr = null;
        bool? fortranOrder = null;
        long[]? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            var key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = ReadDescr();
                    break;
                case "fortran_order" when fortranOrder is null:
                    fortranOrder = ReadBool();
                    break;
                case "shape" when shape is null:
                    shape = ReadTuple();
                    break;
                default:
                    throw Invalid($"the key '{key}' is unknown or appears twice");
            }
            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }
        if (Peek() != '\0')
            throw Invalid("something follows the closing brace");
        if (descr is null || fortranOrder is null || shape is null)
            throw Invalid("'descr', 'fortran_order' or 'shape' is missing");
        return (descr, fortranOrder.Value, shape);
    }

    private string ReadDescr() =>
        Peek() == '['
            ? throw DataFile.Invalid(_file, "structured dtypes (tables) are not supported; save each field by itself.")
            : ReadString();

    private string ReadString()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
            throw Invalid("a quoted text is expected");
        var rest = _text[(_position + 1)..];
        var length = rest.IndexOf(quote);
        if (length < 0 || rest[..length].Contains('\\'))
            throw Invalid("a quoted text doesn't end or has escapes");
        _position += length + 2;
        return rest[..length].ToString();
    }

    private bool ReadBool()
    {
        Peek();
        var rest = _text[_position..];
        foreach (var (word, value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
        {
            if (!rest.StartsWith(word, StringComparison.Ordinal))
                continue;
            _position += word.Length;
            return value;
        }
        throw Invalid("'fortran_order' must be True or False");
    }

    private long[] ReadTuple()
    {
        var axes = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            axes.Add(ReadAxis());
            if (axes.Count > NpyHeader.MaximumRank)
                throw Invalid($"there are more than {NpyHeader.MaximumRank} axes");
            if (TryTake(','))
                continue;
            // (3) is a number in Python; a tuple of one has a comma.
            if (axes.Count == 1)
                throw Invalid("the shape must be a tuple");
            Expect(')');
            break;
        }
        return [.. axes];
    }

    private long ReadAxis()
    {
        Peek();
        var digits = _text[_position..];
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        if (end > 0)
            digits = digits[..end];
        if (end == 0 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var axis))
            throw Invalid("an axis must be a whole number from 0 to 2⁶³−1");
        _position += digits.Length;
        // Python 2 wrote long integers with an L.
        if (_position < _text.Length && _text[_position] == 'L')
            _position++;
        return axis;
    }

    private char Peek()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\n' or '\t' or '\r')
            _position++;
        return _position < _text.Length ? _text[_position] : '\0';
    }

    private bool TryTake(char expected)
    {
        if (Peek() != expected)
            return false;
        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
            throw Invalid($"'{expected}' is expected");
    }

    private readonly InvalidDataException Invalid(string problem) =>
        DataFile.Invalid(_file, $"the npy header is wrong at character {_position}: {problem}.");
}
