using System.Globalization;
using System.Text;
using PyRelationAL.Reproduction.Paper;
using PyRelationAL.Reproduction.Results;

namespace PyRelationAL.Reproduction.Page;

/// <summary>The learning curves of a dataset and start as a small SVG: as published on the left, as it should be on the right.</summary>
internal sealed class CurveChart
{
    private const double Width = 340, Height = 190, Left = 52, Right = 8, Top = 24, Bottom = 22, LegendHeight = 22;

    private const int MostPoints = 60;

    // Okabe and Ito's colours, which people with colour blindness can tell apart.
    private static readonly string[] Colours = ["#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7"];

    private static readonly string[] Dashes = ["1 2", "none", "6 2", "2 2", "8 2 2 2"];

    private readonly StringBuilder _svg = new();

    private CurveChart()
    {
    }

    /// <summary>Draws the chart.</summary>
    /// <param name="cells">The strategies of one dataset and start.</param>
    /// <param name="parts">The two parts.</param>
    /// <returns>The SVG; null where neither part has a curve.</returns>
    public static string? Draw(IReadOnlyList<PaperCell> cells, IReadOnlyList<PartResults> parts)
    {
        if (parts.All(part => cells.All(cell => part.Curve(cell.Key) is null)))
        {
            return null;
        }

        var chart = new CurveChart();
        chart.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {parts.Count * Width} {Height + LegendHeight}\" ");
        chart.Append($"font-family=\"sans-serif\" font-size=\"10\"><rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < parts.Count; i++)
        {
            chart.Panel(cells, parts[i], i * Width);
        }

        for (int i = 0; i < cells.Count; i++)
        {
            double x = 10 + (i * ((parts.Count * Width) - 20) / cells.Count);
            chart.Append($"<path d=\"M{x:0.#} {Height + 10}h22\" stroke=\"{Colours[i]}\" stroke-dasharray=\"{Dashes[i]}\" stroke-width=\"2\"/>");
            chart.Append($"<text x=\"{x + 26:0.#}\" y=\"{Height + 14}\">{cells[i].Key.Strategy}</text>\n");
        }

        return chart._svg.Append("</svg>\n").ToString();
    }

    private void Panel(IReadOnlyList<PaperCell> cells, PartResults part, double offset)
    {
        bool logarithmic = cells[0].Task == TaskKinds.Regression;
        (double Labels, double Score)[][] curves =
        [
            .. cells.Select(cell => (part.Curve(cell.Key) ?? []).Where(p => !logarithmic || p.Score > 0).Select(p => (p.Labels, Scale(p.Score))).ToArray()),
        ];
        string metric = logarithmic ? "mean square error, log scale" : "balanced accuracy";
        Append($"<g transform=\"translate({offset} 0)\"><text x=\"{Left}\" y=\"14\">{part.Name}: {metric}</text>\n");
        (double Labels, double Score)[] all = [.. curves.SelectMany(c => c)];
        if (all.Length == 0)
        {
            Append($"<text x=\"{Left}\" y=\"{Height / 2}\">not run</text></g>\n");
            return;
        }

        double x0 = all.Min(p => p.Labels), x1 = Math.Max(x0 + 1, all.Max(p => p.Labels));
        double y0 = all.Min(p => p.Score), y1 = all.Max(p => p.Score);
        (y0, y1) = y1 - y0 > 1e-9 ? (y0, y1) : (y0 - 0.5, y1 + 0.5);
        double X(double labels) => Left + ((labels - x0) / (x1 - x0) * (Width - Left - Right));
        double Y(double score) => Height - Bottom - ((score - y0) / (y1 - y0) * (Height - Top - Bottom));

        for (int i = 0; i <= 4; i++)
        {
            double score = y0 + (i * (y1 - y0) / 4), labels = x0 + (i * (x1 - x0) / 4);
            string text = logarithmic ? Math.Pow(10, score).ToString("0.#e0", CultureInfo.InvariantCulture) : CellText.Fixed(score, 2);
            Append($"<path d=\"M{Left} {Y(score):0.#}H{Width - Right}\" stroke=\"#ddd\"/>");
            Append($"<text x=\"{Left - 4}\" y=\"{Y(score) + 3:0.#}\" text-anchor=\"end\">{text}</text>");
            Append($"<text x=\"{X(labels):0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{labels:0}</text>\n");
        }

        for (int c = 0; c < curves.Length; c++)
        {
            int stride = Math.Max(1, curves[c].Length / MostPoints);
            string points = string.Join(' ', curves[c].Where((_, i) => i % stride == 0 || i == curves[c].Length - 1)
                .Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Labels):0.#},{Y(p.Score):0.#}")));
            Append($"<polyline fill=\"none\" stroke=\"{Colours[c]}\" stroke-dasharray=\"{Dashes[c]}\" stroke-width=\"1.4\" points=\"{points}\"/>\n");
        }

        Append($"</g>\n");

        double Scale(double score) => logarithmic ? Math.Log10(score) : score;
    }

    private void Append(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
