using System.Globalization;
using Atmosphere.Bot.Texts;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations;

/// <summary>Collects what is said in one turn into one bubble: remarks in the order they are made, then the last question that was asked.</summary>
internal sealed class Speech(Sentences sentences)
{
    private readonly List<string> _remarks = [];
    private string? _question;
    private IReadOnlyList<string> _buttons = [];
    private MediaKey? _picture;

    /// <summary>A remark; the same one twice in a row is said once.</summary>
    public void Say(string key, params (string Name, string Value)[] values)
    {
        var remark = Text(key, values);
        if (_remarks.Count == 0 || _remarks[^1] != remark)
            _remarks.Add(remark);
    }

    /// <summary>A line under the last remark.</summary>
    public void Line(string key, params (string Name, string Value)[] values) => _remarks[^1] += "\n" + Text(key, values);

    public void Ask(string key, params Word[] buttons) => Ask(key, buttons, []);

    public void Ask(string key, IReadOnlyList<Word> buttons, params (string Name, string Value)[] values) => Ask(key, buttons, null, values);

    public void Ask(string key, IReadOnlyList<Word> buttons, MediaKey? picture, params (string Name, string Value)[] values)
    {
        _question = Text(key, values);
        _buttons = [.. buttons.Select(Words.ButtonOf)];
        _picture = picture;
    }

    /// <summary>A question that a number answers.</summary>
    public void AskNumber(string key, int count, MediaKey picture, params (string Name, string Value)[] values)
    {
        Ask(key, [Word.None, Word.Cancel], picture, values);
        _buttons = [.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture)), .. _buttons];
    }

    public string Text(string key, params (string Name, string Value)[] values) =>
        sentences.Say(key, values.ToDictionary(value => value.Name, value => value.Value));

    /// <summary>The bubble; null where nothing was said.</summary>
    public Reply? ToReply()
    {
        var text = string.Join("\n\n", _question is null ? _remarks : _remarks.Append(_question));
        return text.Length == 0 ? null : new Reply(text, _buttons, _picture);
    }
}
