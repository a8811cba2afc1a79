using System.Globalization;
using ScottPlot;

namespace Atmosphere.Bot.Channels.Mail;

/// <summary>
/// Draws the plots of reports by ScottPlot, with the font that the program ships. The background is transparent, and the colours can be read
/// on light and on dark.
/// </summary>
internal static class ReportPlots
{
    private const string Family = "Heebo";

    // Half again the size that is shown on a desk, for dense screens; on a phone the numbers must still be read.
    private const int Width = 816;
    private const int Height = 288;
    private const float TextSize = 24;
    private const double BarWidth = 0.62;
    private const double RoomForNumbers = 0.28;

    private static readonly Color _bars = Color.FromHex("#4a90d9");
    private static readonly Color _text = Color.FromHex("#76808c");
    private static readonly Lazy<bool> _font = new(() =>
    {
        Fonts.AddFontFile(Family, Path.Combine(AppContext.BaseDirectory, "fonts", "Heebo-Bold.ttf"), bold: true, italic: false);
        return true;
    });

    /// <summary>Bars with a number over each and a label under it.</summary>
    /// <param name="bars">In reading order.</param>
    /// <param name="rightToLeft">Whether the first bar stands on the right.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Bars(IReadOnlyList<(string Label, int Value)> bars, bool rightToLeft)
    {
        _ = _font.Value;
        using var plot = new Plot();
        var shown = rightToLeft ? [.. bars.Reverse()] : bars;
        var drawn = plot.Add.Bars(shown.Select((bar, index) => new Bar
        {
            Position = index,
            Value = bar.Value,
            Size = BarWidth,
            FillColor = _bars,
            LineWidth = 0,
            Label = bar.Value.ToString(CultureInfo.InvariantCulture),
        }).ToList());
        Write(drawn.ValueLabelStyle);
        plot.Axes.Bottom.SetTicks([.. shown.Select((_, index) => (double)index)], [.. shown.Select(bar => bar.Label)]);
        Write(plot.Axes.Bottom.TickLabelStyle);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.FrameLineStyle.Color = _text;
        plot.Axes.Left.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.HideGrid();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.SetLimitsX(-0.5, shown.Count - 0.5);
        plot.Axes.SetLimitsY(0, Math.Max(1, shown.Max(bar => bar.Value)) * (1 + RoomForNumbers));
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static void Write(LabelStyle style)
    {
        style.FontName = Family;
        style.Bold = true;
        style.FontSize = TextSize;
        style.ForeColor = _text;
    }
}
