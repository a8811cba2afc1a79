using System.Globalization;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations;

/// <summary>Collects the texts of one turn into one message: remarks in order, then the last question.</summary>
internal sealed class Speech(Language language)
{
    private readonly List<string> _remarks = [];
    private readonly List<Reply> _shown = [];
    private string? _question;
    private IReadOnlyList<string> _buttons = [];
    private MediaKey? _picture;

    /// <summary>Messages that precede the main one.</summary>
    public IReadOnlyList<Reply> Shown => _shown;

    /// <summary>Whether a question was asked.</summary>
    public bool Asks => _question is not null;

    /// <summary>Adds a remark; the same one twice in a row is added once.</summary>
    public void Say(string key, params (string Name, string Value)[] values)
    {
        var remark = Text(key, values);
        if (_remarks.Count == 0 || _remarks[^1] != remark)
            _remarks.Add(remark);
    }

    /// <summary>Adds a caption to a picture: with the remarks so far it becomes a message of its own, before the main one.</summary>
    public void Show(string key, MediaKey picture, params (string Name, string Value)[] values)
    {
        Say(key, values);
        _shown.Add(new Reply(string.Join("\n\n", _remarks), [], picture));
        _remarks.Clear();
    }

    /// <summary>The label of a word's button.</summary>
    public string ButtonOf(Word word) => language.Words.ButtonOf(word);

    /// <summary>Adds a line to the last remark.</summary>
    public void Line(string key, params (string Name, string Value)[] values) => _remarks[^1] += "\n" + Text(key, values);

    /// <summary>Adds a numbered choice to the last remark.</summary>
    public void Choice(int number, string name) => _remarks[^1] += string.Create(CultureInfo.InvariantCulture, $"\n{number}. {name}");

    /// <summary>Adds a line that is the same in every language, such as a group's name, to the last remark.</summary>
    public void Add(string line) => _remarks[^1] += "\n" + line;

    public void Ask(string key, params Word[] buttons) => Ask(key, buttons, []);

    public void Ask(string key, IReadOnlyList<Word> buttons, params (string Name, string Value)[] values) => Ask(key, buttons, null, values);

    public void Ask(string key, IReadOnlyList<Word> buttons, MediaKey? picture, params (string Name, string Value)[] values)
    {
        _question = Text(key, values);
        _buttons = [.. buttons.Select(language.Words.ButtonOf)];
        _picture = picture;
    }

    /// <summary>Asks what to do next.</summary>
    public void OfferMenu() => Ask("common.menu", Word.AddChild, Word.MyChildren, Word.Help);

    /// <summary>Asks a question to be answered with a number.</summary>
    public void AskNumber(string key, int count, MediaKey picture, params (string Name, string Value)[] values)
    {
        Ask(key, [Word.None, Word.Cancel], picture, values);
        Offer(NumbersTo(count));
    }

    /// <summary>The numbers of a list in the text, as choices.</summary>
    public static IReadOnlyList<string> NumbersTo(int count) => [.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Adds buttons before those of the question.</summary>
    public void Offer(IReadOnlyList<string> buttons) => _buttons = [.. buttons, .. _buttons];

    /// <summary>Asks a question with one button per answer.</summary>
    public void AskChoice(string key, IReadOnlyList<string> choices, IReadOnlyList<Word> buttons, params (string Name, string Value)[] values)
    {
        Ask(key, buttons, values);
        _buttons = [.. choices, .. _buttons];
    }

    public string Text(string key, params (string Name, string Value)[] values) =>
        language.Sentences.Say(key, values.ToDictionary(value => value.Name, value => value.Value));

    /// <summary>The message; null if nothing was said.</summary>
    public Reply? ToReply()
    {
        var text = string.Join("\n\n", _question is null ? _remarks : _remarks.Append(_question));
        return text.Length == 0 ? null : new Reply(text, _buttons, _picture);
    }
}
