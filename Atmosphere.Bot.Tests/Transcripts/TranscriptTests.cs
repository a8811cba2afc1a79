using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>Every .chat file is what the bot really says over the Activity protocol, with real faces. ATMOSPHERE_ACCEPT=1 writes it down anew.</summary>
public sealed class TranscriptsByActivity
{
    [Theory]
    [MemberData(nameof(TranscriptFolder.Names), MemberType = typeof(TranscriptFolder))]
    public async Task The_bot_says_over_the_Activity_protocol_what_the_transcript_says(string name)
    {
        await using var server = await TranscriptFolder.StartAsync();
        await using var chat = await BotFrameworkChat.StartAsync(server);
        await TranscriptFolder.ReplayAsync(name, server, chat, async () => await BotFrameworkChat.StartAsync(server));
    }
}

/// <summary>The same over Direct Line.</summary>
public sealed class TranscriptsByDirectLine
{
    [Theory]
    [MemberData(nameof(TranscriptFolder.Names), MemberType = typeof(TranscriptFolder))]
    public async Task The_bot_says_over_Direct_Line_what_the_transcript_says(string name)
    {
        await using var server = await TranscriptFolder.StartAsync();
        await using var chat = new DirectLineChat(server);
        await TranscriptFolder.ReplayAsync(name, server, chat, () => Task.FromResult<IChat>(new DirectLineChat(server)));
    }
}

public static class TranscriptFolder
{
    public static TheoryData<string> Names => [.. Directory.GetFiles(Dialogs.Folder, "*.chat", SearchOption.AllDirectories).Select(Dialogs.NameOf).Order(StringComparer.Ordinal)];

    /// <summary>Decisions take effect at once.</summary>
    internal static Task<BotServer> StartAsync() => BotServer.StartAsync(null, ("Atmosphere:Learning:UndoWithin", "00:00:00"));

    internal static async Task ReplayAsync(string name, BotServer server, IChat chat, Func<Task<IChat>> another)
    {
        var file = Path.Combine(Dialogs.Folder, name);
        await using var replay = new TranscriptReplay(server, chat, another);
        var said = (await replay.RunAsync(Transcript.Read(file))).ToString();
        if (Dialogs.Accept)
            await File.WriteAllTextAsync(file, said);
        Assert.Equal(await File.ReadAllTextAsync(file), said);
    }
}
