using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>Plays the parent of a transcript against a running bot, and writes down what really was said.</summary>
internal sealed class TranscriptReplay(BotServer server, IChat chat)
{
    private const string Opened = "The chat is opened.";
    private const string Restarted = "The program is restarted.";
    private const string Again = "The same message arrives again.";
    private const string Learned = "The photos are learned.";

    private readonly List<TranscriptLine> _said = [];
    private int _messages;

    public async Task<Transcript> RunAsync(Transcript script)
    {
        TranscriptLine? last = null;
        foreach (var line in script.Lines.Where(line => line.Speaker != "bot"))
        {
            _said.Add(line);
            if (line.Speaker == TranscriptLine.Direction)
            {
                await DirectAsync(line.Text, last);
                continue;
            }

            last = line;
            _messages++;
            await SayAsync(line);
            _said.Add(await chat.HearAsync());
        }

        // Whatever else was said is silence broken: nothing may be left.
        Assert.Equal(_said.Count(line => line.Speaker == "bot"), await chat.CountAsync());
        return new Transcript(_said);
    }

    private Task SayAsync(TranscriptLine line) => chat.SayAsync($"message-{_messages}", line.Text, line.Attachments);

    private async Task DirectAsync(string direction, TranscriptLine? last)
    {
        switch (direction)
        {
            case Opened:
                await chat.OpenAsync();
                _said.Add(await chat.HearAsync());
                break;
            case Restarted:
                await server.RestartAsync();
                break;
            case Again:
                await SayAsync(last!);
                break;
            case Learned:
                _said.Add(await chat.HearAsync());
                break;
            default:
                throw new ArgumentException($"A transcript cannot direct '{direction}'. Use: {Opened} {Restarted} {Again} {Learned}", nameof(direction));
        }
    }
}
