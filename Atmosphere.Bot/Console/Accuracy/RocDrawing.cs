using System.Globalization;
using System.Text;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>The ROC curve as an SVG: true accepts over false accepts, the latter on a logarithmic axis.</summary>
internal static class RocDrawing
{
    private const int Width = 480, Height = 360;
    private const double Left = 56, Top = 16, Bottom = 320, Right = 464;
    private const double Smallest = 1e-4;

    public static string Svg(PairsAccuracy pairs)
    {
        var svg = new StringBuilder();
        _ = svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="11">""");
        _ = svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        for (var rate = Smallest; rate <= 1; rate *= 10)
            Grid(svg, X(rate), Bottom + 16, $"{rate * 100:0.##} %", vertical: true);
        for (var tenth = 0; tenth <= 10; tenth += 2)
            Grid(svg, Left - 8, Y(tenth / 10.0), $"{tenth * 10} %", vertical: false);

        var line = string.Join(' ', pairs.Roc.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.FalseAccepts):f1},{Y(point.TrueAccepts):f1}")));
        _ = svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline points="{line}" fill="none" stroke="#0b6" stroke-width="2"/>""");
        _ = svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<text x="{(Left + Right) / 2}" y="{Height - 6}" text-anchor="middle">false accepts (strangers taken for one person), {pairs.Pairs} pairs</text>""");
        _ = svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<text transform="translate(12 {(Top + Bottom) / 2}) rotate(-90)" text-anchor="middle">true accepts</text>""");
        return svg.AppendLine("</svg>").ToString();
    }

    private static double X(double falseAccepts) =>
        Left + ((Right - Left) * (Math.Log10(Math.Max(falseAccepts, Smallest)) - Math.Log10(Smallest)) / -Math.Log10(Smallest));

    private static double Y(double trueAccepts) => Bottom - ((Bottom - Top) * trueAccepts);

    private static void Grid(StringBuilder svg, double x, double y, string text, bool vertical)
    {
        var (x1, y1) = vertical ? (x, Top) : (Left, y);
        var (x2, y2) = vertical ? (x, Bottom) : (Right, y);
        _ = svg.AppendLine(CultureInfo.InvariantCulture, $"""<line x1="{x1:f1}" y1="{y1:f1}" x2="{x2:f1}" y2="{y2:f1}" stroke="#ddd"/>""");
        _ = svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{x:f1}" y="{y + 4:f1}" text-anchor="{(vertical ? "middle" : "end")}">{text}</text>""");
    }
}
