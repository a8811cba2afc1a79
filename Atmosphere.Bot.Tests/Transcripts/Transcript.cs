using System.Text;
using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>One line of a .chat file.</summary>
/// <param name="Speaker">user, bot, or > for a stage direction.</param>
/// <param name="Text">What is said; several lines are kept.</param>
/// <param name="Attachments">File names.</param>
/// <param name="Suggestions">The buttons under it.</param>
internal sealed record TranscriptLine(string Speaker, string Text, IReadOnlyList<string> Attachments, IReadOnlyList<string> Suggestions)
{
    public const string Direction = ">";

    public override string ToString()
    {
        if (Speaker == Direction)
            return $"> {Text}\n";
        var line = new StringBuilder($"{Speaker}: {Text}".TrimEnd());
        foreach (var attachment in Attachments)
            line.Append($" [Attachment={attachment}]");
        if (Suggestions.Count > 0)
            line.Append($" [Suggestions={string.Join('|', Suggestions)}]");
        return line.Append('\n').ToString();
    }
}

/// <summary>A conversation in Microsoft's chatdown format.</summary>
internal sealed partial class Transcript(IReadOnlyList<TranscriptLine> lines)
{
    public IReadOnlyList<TranscriptLine> Lines => lines;

    public static Transcript Read(string file)
    {
        var lines = new List<TranscriptLine>();
        var speaker = "";
        var said = new StringBuilder();
        foreach (var line in File.ReadLines(file))
        {
            var isDirection = line.StartsWith('>');
            var start = Speaker().Match(line);
            if (isDirection || start.Success)
                Finish();
            if (isDirection)
                lines.Add(new TranscriptLine(TranscriptLine.Direction, line[1..].Trim(), [], []));
            else if (start.Success)
                (speaker, _) = (start.Groups[1].Value, said.Append(line[start.Length..].Trim()));
            else if (speaker.Length > 0)
                said.Append('\n').Append(line.TrimEnd());
        }

        Finish();
        return new Transcript(lines);

        void Finish()
        {
            if (speaker.Length > 0)
                lines.Add(Parse(speaker, said.ToString()));
            speaker = "";
            said.Clear();
        }
    }

    /// <summary>The file's text.</summary>
    public override string ToString() => "user=Parent\nbot=Atmosphere\n\n" + string.Concat(lines);

    public static TranscriptLine Parse(string speaker, string said)
    {
        var attachments = Attachment().Matches(said).Select(match => match.Groups[1].Value).ToList();
        var suggestions = Suggestions().Match(said) is { Success: true } found ? found.Groups[1].Value.Split('|') : [];
        return new TranscriptLine(speaker, Suggestions().Replace(Attachment().Replace(said, ""), "").Trim(), attachments, suggestions);
    }

    [GeneratedRegex("^(user|bot):")]
    private static partial Regex Speaker();

    [GeneratedRegex(@"\s*\[Attachment=([^\]]+)\]")]
    private static partial Regex Attachment();

    [GeneratedRegex(@"\s*\[Suggestions=([^\]]+)\]")]
    private static partial Regex Suggestions();
}
