using Atmosphere.Bot.Incoming;
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

    private static readonly Word[] _withNumbers = [Word.Allow, Word.Refuse, Word.SameChild, Word.OtherChild];
    private static readonly Word[] _withMore = [Word.Language, Word.Share, Word.AddPhotos, Word.RemoveChild, Word.ReportPicture, Word.Report];

    public static AskedName Read(Turn turn)
    {
        if (IsWordWithMore(turn))
            return AskedName.Command;
        var simple = Words.Simplify(turn.Incoming.Text);
        if (turn.Word is not { } word || simple.Length == 0)
            return AskedName.Name;
        if (turn.Offered.Any(button => Words.Simplify(button) == simple))
            return AskedName.Command;
        if (_alwaysWork.Contains(word))
            return AskedName.NameOrCommand;

        var isOneWord = !simple.Contains(' ', StringComparison.Ordinal);
        if (_neverByMistake.Contains(word))
            return isOneWord ? AskedName.Name : AskedName.NameOrCommand;

        var isLabel = Words.Simplify(turn.Speech.ButtonOf(word)) == simple;
        return word switch
        {
            Word.Yes or Word.No when isLabel => AskedName.NameOrCommand,
            Word.Back when isLabel => AskedName.Command,
            _ => isOneWord ? AskedName.Name : AskedName.Command,
        };
    }

    /// <summary>Such as "refuse 4821" or "language Spanish": nobody is called so.</summary>
    private static bool IsWordWithMore(Turn turn) =>
        turn.Split(_withMore) is not null || (turn.Split(_withNumbers) is { } answer && PastedText.NumberIn(answer.After) is not null);
}
