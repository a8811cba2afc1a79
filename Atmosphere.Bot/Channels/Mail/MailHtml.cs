using System.Net;
using System.Text;

namespace Atmosphere.Bot.Channels.Mail;

/// <summary>
/// Writes a page as HTML for mail programs: tables and inline sizes, because many know no others; nothing is loaded from elsewhere. Colours
/// follow the reader's light or dark setting.
/// </summary>
internal static class MailHtml
{
    private const string Style =
        """
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        body { margin: 0; padding: 0; background: #eef1f5; color: #1f2933; }
        .page { font-family: "Segoe UI", Roboto, Helvetica, Arial, sans-serif; font-size: 16px; line-height: 1.5; }
        .card { background: #ffffff; border-radius: 12px; }
        .tile { background: #f3f6fa; border-radius: 10px; }
        .soft { color: #52606d; }
        .strong { color: #1f2933; }
        h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; }
        h2 { font-size: 17px; line-height: 1.3; margin: 28px 0 8px; }
        p { margin: 0 0 8px; }
        a { color: #1b62b5; }
        .button { background: #1b62b5; color: #ffffff; border: 0; border-radius: 8px; display: inline-block; font: inherit; font-weight: 600; padding: 12px 22px; text-decoration: none; cursor: pointer; }
        @media (prefers-color-scheme: dark) {
          body, .page { background: #12161b !important; color: #e4e9ef !important; }
          .card { background: #1c2229 !important; }
          .tile { background: #28303a !important; }
          .soft { color: #aab5c1 !important; }
          .strong { color: #f4f7fa !important; }
          a { color: #8fc1f7 !important; }
          .button { background: #8fc1f7 !important; color: #0e1a27 !important; }
        }
        """;

    private const int TilesInRow = 2;
    private const int FaceSize = 72;

    public static string Write(MailPage page)
    {
        var (direction, side) = page.IsRightToLeft ? ("rtl", "right") : ("ltr", "left");
        var html = new StringBuilder();
        html.Append(
            $"""
            <!DOCTYPE html>
            <html lang="{page.Language}" dir="{direction}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{Text(page.Title)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <table role="presentation" class="page" dir="{direction}" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 12px">
            <table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr><td align="{side}" style="padding:28px 28px 24px">
            <h1 class="strong">{Text(page.Title)}</h1>

            """);
        foreach (var line in page.Intro)
            html.Append($"<p class=\"soft\">{Text(line)}</p>\n");
        Tiles(html, page.Tiles, side);
        foreach (var plot in page.Plots)
        {
            html.Append($"<h2 class=\"strong\">{Text(plot.Heading)}</h2>\n");
            html.Append($"<img src=\"cid:{plot.Name}\" alt=\"{Text(plot.Alt)}\" width=\"544\" style=\"display:block;width:100%;max-width:544px;height:auto\">\n");
        }

        foreach (var section in page.Sections)
        {
            html.Append($"<h2 class=\"strong\">{Text(section.Heading)}</h2>\n");
            foreach (var line in section.Lines)
                html.Append($"<p>{Text(line)}</p>\n");
            Faces(html, section.Faces ?? []);
        }

        Button(html, page.Button);
        html.Append("</td></tr></table>\n");
        Footer(html, page, side);
        return html.Append("</td></tr></table>\n</body>\n</html>\n").ToString();
    }

    private static void Tiles(StringBuilder html, IReadOnlyList<MailTile> tiles, string side)
    {
        if (tiles.Count == 0)
            return;

        html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"8\" border=\"0\" style=\"margin:12px -8px 0;width:calc(100% + 16px)\">\n");
        foreach (var row in tiles.Chunk(TilesInRow))
        {
            html.Append("<tr>");
            foreach (var tile in row)
            {
                html.Append($"<td class=\"tile\" align=\"{side}\" valign=\"top\" width=\"50%\" style=\"padding:12px 16px\"><span class=\"soft\">{Text(tile.Label)}</span><br>")
                    .Append($"<span class=\"strong\" style=\"font-size:28px;line-height:1.3;font-weight:700\">{Text(tile.Value)}</span>")
                    .Append(tile.Note is null ? "" : $"<br><span class=\"soft\" style=\"font-size:14px\">{Text(tile.Note)}</span>")
                    .Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</table>\n");
    }

    /// <summary>Each picture over its name; they wrap where the line ends.</summary>
    private static void Faces(StringBuilder html, IReadOnlyList<MailFace> faces)
    {
        if (faces.Count == 0)
            return;

        html.Append("<p style=\"margin:8px 0 0;line-height:1.3\">\n");
        foreach (var face in faces)
        {
            html.Append($"<span style=\"display:inline-block;width:{FaceSize + 8}px;margin:0 0 8px;vertical-align:top;text-align:center;font-size:14px\">")
                .Append($"<img src=\"cid:{face.Picture}\" alt=\"\" width=\"{FaceSize}\" height=\"{FaceSize}\" style=\"border-radius:12px;object-fit:cover\"><br>{Text(face.Name)}</span>\n");
        }

        html.Append("</p>\n");
    }

    private static void Button(StringBuilder html, MailButton? button)
    {
        if (button is { Address: null })
            html.Append($"<form method=\"post\" style=\"margin:20px 0 0\"><button class=\"button\" type=\"submit\">{Text(button.Text)}</button></form>\n");
        else if (button is not null)
            html.Append($"<p style=\"margin:20px 0 0\"><a class=\"button\" href=\"{Text(button.Address.AbsoluteUri)}\">{Text(button.Text)}</a></p>\n");
    }

    private static void Footer(StringBuilder html, MailPage page, string side)
    {
        if (page.Footer.Count == 0 && page.Link is null)
            return;

        html.Append($"<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"max-width:600px\"><tr><td align=\"{side}\" style=\"padding:16px 28px;font-size:14px\">\n");
        foreach (var line in page.Footer)
            html.Append($"<p class=\"soft\">{Text(line)}</p>\n");
        if (page.Link is { Address: { } address } link)
            html.Append($"<p><a href=\"{Text(address.AbsoluteUri)}\">{Text(link.Text)}</a></p>\n");
        html.Append("</td></tr></table>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
