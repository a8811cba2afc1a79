using System.Text;

namespace Atmosphere.Bot.Channels.Mail;

/// <summary>Writes a page as plain text, with everything that the HTML says; plots in the words of their alternative text.</summary>
internal static class MailPlainText
{
    public static string Write(MailPage page)
    {
        var text = new StringBuilder($"{page.Title}\n\n");
        foreach (var line in page.Intro)
            text.Append(line).Append('\n');
        text.Append('\n');
        foreach (var tile in page.Tiles)
            text.Append($"{tile.Label}: {tile.Value}{(tile.Note is null ? "" : $" ({tile.Note})")}\n");
        foreach (var plot in page.Plots)
            text.Append($"\n{plot.Alt}\n");
        foreach (var section in page.Sections)
            text.Append($"\n{section.Heading}\n{string.Join('\n', section.Lines)}\n");
        if (page.Button is { Address: { } address } button)
            text.Append($"\n{button.Text}: {address.AbsoluteUri}\n");
        text.Append("\n-- \n");
        foreach (var line in page.Footer)
            text.Append(line).Append('\n');
        if (page.Link is { Address: { } end } link)
            text.Append($"{link.Text}: {end.AbsoluteUri}\n");
        return text.ToString();
    }
}
