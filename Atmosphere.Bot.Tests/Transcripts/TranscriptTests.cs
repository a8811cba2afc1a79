using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>Every .chat file is what the bot really says, over HTTP, with real faces. ATMOSPHERE_ACCEPT=1 writes it down anew.</summary>
public sealed class TranscriptTests
{
    public static TheoryData<string> Names => [.. Directory.GetFiles(Dialogs.Folder, "*.chat", SearchOption.AllDirectories).Select(Dialogs.NameOf).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_bot_says_over_the_Activity_protocol_what_the_transcript_says(string name)
    {
        await using var server = await BotServer.StartAsync();
        await using var chat = await BotFrameworkChat.StartAsync(server);
        await ReplayAsync(name, server, chat);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_bot_says_over_Direct_Line_what_the_transcript_says(string name)
    {
        await using var server = await BotServer.StartAsync();
        await using var chat = new DirectLineChat(server);
        await ReplayAsync(name, server, chat);
    }

    private static async Task ReplayAsync(string name, BotServer server, IChat chat)
    {
        var file = Path.Combine(Dialogs.Folder, name);
        var said = (await new TranscriptReplay(server, chat).RunAsync(Transcript.Read(file))).ToString();
        if (Dialogs.Accept)
            await File.WriteAllTextAsync(file, said);
        Assert.Equal(await File.ReadAllTextAsync(file), said);
    }
}
