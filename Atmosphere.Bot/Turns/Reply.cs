using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Turns;

/// <summary>One bubble that the bot says.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Buttons">Words that the person can tap instead of typing them.</param>
/// <param name="Picture">Shown under the text.</param>
internal sealed record Reply(string Text, IReadOnlyList<string> Buttons, MediaKey? Picture = null);
