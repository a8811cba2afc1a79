using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Conversations;

/// <summary>What a text means where a name was asked for. Any word may be a name, also one that is a command elsewhere.</summary>
internal enum AskedName
{
    Name,

    /// <summary>A command that everybody must be able to give at any time, or a plain yes or no: it may be either.</summary>
    NameOrCommand,

    Command,
}

internal static class AskedNames
{
    private static readonly Word[] _alwaysWork = [Word.Stop, Word.Cancel, Word.Help];
    private static readonly Word[] _neverByMistake = [Word.Pause, Word.Resume, Word.Instant, Word.Daily];

    public static AskedName Read(Turn turn)
    {
        var simple = Words.Simplify(turn.Incoming.Text);
        if (turn.Word is not { } word || simple.Length == 0)
            return AskedName.Name;
        if (turn.Offered.Any(button => Words.Simplify(button) == simple))
            return AskedName.Command;
        if (_alwaysWork.Contains(word) || _neverByMistake.Contains(word))
            return simple.Contains(' ', StringComparison.Ordinal) || _alwaysWork.Contains(word) ? AskedName.NameOrCommand : AskedName.Name;

        var isLabel = Words.Simplify(turn.Speech.ButtonOf(word)) == simple;
        return word switch
        {
            Word.Yes or Word.No when isLabel => AskedName.NameOrCommand,
            Word.Back when isLabel => AskedName.Command,
            _ => simple.Contains(' ', StringComparison.Ordinal) ? AskedName.Command : AskedName.Name,
        };
    }
}
