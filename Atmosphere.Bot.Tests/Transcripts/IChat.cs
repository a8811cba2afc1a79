namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>A parent at one end of a channel.</summary>
internal interface IChat : IAsyncDisposable
{
    /// <summary>Opens the chat; the bot greets.</summary>
    Task OpenAsync();

    /// <param name="id">The message's id; the same one again is the same message.</param>
    Task SayAsync(string id, string text, IReadOnlyList<string> attachments);

    /// <summary>The next line that the bot says; waits for it.</summary>
    Task<TranscriptLine> HearAsync();

    /// <summary>How many lines the bot has said so far, heard or not.</summary>
    Task<int> CountAsync();
}
