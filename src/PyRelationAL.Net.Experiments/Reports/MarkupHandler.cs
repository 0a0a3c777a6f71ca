using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace PyRelationAL.Experiments.Reports;

/// <summary>
/// Lets the compiler build <see cref="Markup"/> from an interpolated string: literal parts as they are, values escaped and independent of the culture.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct MarkupHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(Markup value) => _text.Append(value.Text);

    public void AppendFormatted(IEnumerable<Markup> values)
    {
        foreach (Markup value in values)
        {
            _text.Append(value.Text);
        }
    }

    public void AppendFormatted(string? value) => _text.Append(WebUtility.HtmlEncode(value));

    public void AppendFormatted(int value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Coordinates: a tenth of a unit is finer than any screen.</summary>
    public void AppendFormatted(double value) => _text.Append(value.ToString("0.#", CultureInfo.InvariantCulture));

    public string ToText() => _text.ToString();
}
