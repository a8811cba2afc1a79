using System.Text.RegularExpressions;
using Atmosphere.Bot.Conversations.Reminders;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>Plays the people of a transcript against a running bot, and writes down what really was said.</summary>
/// <param name="another">Makes the chat of a second participant, whose words are stage directions.</param>
internal sealed partial class TranscriptReplay(BotServer server, IChat chat, Func<Task<IChat>> another) : IAsyncDisposable
{
    private const string OtherSays = "The other says:";
    private const string OtherHears = "The other hears:";
    private const string Posted = "A class photo is posted:";
    private const string AlsoInGroup = "The parent is also in the group";

    private readonly List<TranscriptLine> _said = [];
    private readonly Disguise _disguise = new();
    private IChat? _other;
    private int _messages;

    public async Task<Transcript> RunAsync(Transcript script)
    {
        TranscriptLine? last = null;
        foreach (var line in script.Lines.Where(line => line.Speaker != "bot" && !(line.Speaker == TranscriptLine.Direction && line.Text.StartsWith(OtherHears, StringComparison.Ordinal))))
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
            await HearAsync();
        }

        // Whatever else was said stands at the end, where the script has nothing.
        await HearTheRestAsync();
        while (_other is not null && await _other.CountAsync() > _said.Count(line => line.Text.StartsWith(OtherHears, StringComparison.Ordinal)))
            await OtherHearsAsync();
        return new Transcript(_said);
    }

    public async ValueTask DisposeAsync()
    {
        if (_other is not null)
            await _other.DisposeAsync();
    }

    private Task SayAsync(TranscriptLine line) => chat.SayAsync($"message-{_messages}", _disguise.TakeOff(line.Text), line.Attachments);

    private async Task HearAsync()
    {
        var line = await chat.HearAsync();
        _said.Add(line with { Text = _disguise.PutOn(line.Text), Suggestions = [.. line.Suggestions.Select(_disguise.PutOn)] });
    }

    /// <summary>Whatever is said by now; nothing more is under way.</summary>
    private async Task HearTheRestAsync()
    {
        while (await chat.CountAsync() > _said.Count(line => line.Speaker == "bot"))
            await HearAsync();
    }

    private async Task OtherHearsAsync()
    {
        var line = await _other!.HearAsync();
        var text = string.Join(" / ", line.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var picture = line.Attachments.Count > 0 ? " (a picture)" : "";
        var buttons = line.Suggestions.Count > 0 ? $" ({string.Join(" | ", line.Suggestions)})" : "";
        _said.Add(new TranscriptLine(TranscriptLine.Direction, _disguise.PutOn($"{OtherHears} {text}{picture}{buttons}"), [], []));
    }

    /// <summary>What two flows say at about the same time; pictures are written down last.</summary>
    private async Task OtherHearsTwiceAsync()
    {
        await OtherHearsAsync();
        await OtherHearsAsync();
        if (_said[^2].Text.EndsWith("(a picture)", StringComparison.Ordinal))
            (_said[^2], _said[^1]) = (_said[^1], _said[^2]);
    }

    private async Task DirectAsync(string direction, TranscriptLine? last)
    {
        switch (direction)
        {
            case "The chat is opened.":
                await chat.OpenAsync();
                await HearAsync();
                break;
            case "The program is restarted.":
                await server.RestartAsync();
                break;
            case "The same message arrives again.":
                await SayAsync(last!);
                break;
            case "The photos are learned." or "The parent is told." or "Atmosphere goes on.":
                await HearAsync();
                break;
            case "Another parent opens the chat.":
                _other = await another();
                await _other.OpenAsync();
                await OtherHearsAsync();
                break;
            case "The other is told.":
                await OtherHearsAsync();
                break;
            case "The other is told twice, in any order.":
                await OtherHearsTwiceAsync();
                break;
            case "The evening comes.":
                await ClassPhotos.ComeTheEveningAsync(server);
                await HearTheRestAsync();
                break;
            case "An operator invites a teacher.":
                _disguise.PutOn(await server.Services.GetRequiredService<Database>().WriteAsync(session => server.Services.GetRequiredService<CodeTable>().CreateAsync(
                    session, new Code(CodeKind.Teacher, null, null, "{}"), TimeSpan.FromDays(7))));
                break;
            case "The other is the teacher of the class group, who confirms registrations.":
                await ExecuteAsync($"UPDATE participants SET teacher_since = 1 WHERE id = ({Newest})");
                await ExecuteAsync($"UPDATE groups SET confirms = 1, teacher_id = ({Newest}) WHERE id = 'class'");
                break;
            case "The other is the teacher of the class group, who looks at first matches.":
                await ExecuteAsync($"UPDATE participants SET teacher_since = 1 WHERE id = ({Newest})");
                await ExecuteAsync($"UPDATE groups SET checks_matches = 1, teacher_id = ({Newest}) WHERE id = 'class'");
                break;
            case "An hour passes.":
                await ExecuteAsync("UPDATE faces SET decided_at = decided_at - 3700000");
                await server.Services.GetRequiredService<Database>().WriteAsync(session =>
                    server.Services.GetRequiredService<IOutbox>().SendAsync(session, new Recognition.Messages.LookAfterRequests(DateTimeOffset.UnixEpoch)));
                break;
            case "The faces in it are asked about.":
                await AnsweredAsync();
                await Eventually.TrueAsync(async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM questions WHERE state = 'asked'") > 0, "a question is asked");
                await AnsweredAsync();
                break;
            case "The answers are counted.":
                await AnsweredAsync();
                break;
            case "The class group has ended.":
                await ExecuteAsync("UPDATE groups SET ended_at = 1 WHERE id = 'class'");
                break;
            case "Five hours pass without a word.":
                await ExecuteAsync("UPDATE conversations SET updated_at = updated_at - 18000000");
                await server.Services.GetRequiredService<Database>().WriteAsync(session =>
                    server.Services.GetRequiredService<IOutbox>().SendAsync(session, new RegistrationsAwaited(DateTimeOffset.UnixEpoch)));
                break;
            case "A day passes without a word.":
                await ExecuteAsync("UPDATE conversations SET updated_at = updated_at - 90000000");
                _ = await server.Services.GetRequiredService<Retention>().RunAsync(default);
                break;
            case var words when words.StartsWith(OtherSays, StringComparison.Ordinal):
                var said = Transcript.Parse("other", words[OtherSays.Length..].Trim());
                await _other!.SayAsync($"other-{++_messages}", _disguise.TakeOff(said.Text), said.Attachments);
                await OtherHearsAsync();
                break;
            case var posted when posted.StartsWith(Posted, StringComparison.Ordinal):
                await ClassPhotos.PostAsync(server, posted[Posted.Length..].Trim(' ', '.'));
                await HearTheRestAsync();
                break;
            case var words when words.StartsWith(AlsoInGroup, StringComparison.Ordinal):
                var group = words[AlsoInGroup.Length..].Trim(' ', '.');
                await ExecuteAsync($"INSERT INTO groups (id, name, confirms, checks_matches, created_at) VALUES ('{group.Replace(' ', '-').ToLowerInvariant()}', '{group}', 0, 0, 1)");
                await ExecuteAsync($"INSERT INTO group_participants (group_id, participant_id, joined_at) SELECT id, ({Oldest}), 1 FROM groups WHERE name = '{group}'");
                break;
            default:
                throw new ArgumentException($"A transcript cannot direct '{direction}'.", nameof(direction));
        }
    }

    /// <summary>Nothing is under way in the flows that ask colleagues and count what they say.</summary>
    private Task AnsweredAsync() => Eventually.TrueAsync(
        async () => await server.QueryAsync<long>(
            "SELECT COUNT(*) FROM messages WHERE queue LIKE 'atmosphere-%' OR queue LIKE 'colleagues-%' OR queue LIKE 'persons-%' OR queue LIKE 'image-%' OR queue LIKE 'invited-%'") == 0,
        "the faces are asked about, and answers are counted");

    private const string Newest = "SELECT id FROM participants ORDER BY id DESC LIMIT 1";
    private const string Oldest = "SELECT id FROM participants ORDER BY id LIMIT 1";

    private Task<int> ExecuteAsync(string sql) => server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(sql));

    /// <summary>Numbers and codes are other ones every time; a transcript shows the same ones always.</summary>
    private sealed partial class Disguise
    {
        private readonly List<(string Real, string Shown)> _known = [];

        public string PutOn(string heard) => Secret().Replace(heard, match =>
        {
            if (_known.FirstOrDefault(known => known.Real == match.Value) is not { Real: not null } found)
            {
                var isCode = match.Value.Contains('-', StringComparison.Ordinal);
                var earlier = _known.Count(known => known.Shown.Contains('-', StringComparison.Ordinal) == isCode);
                _known.Add(found = (match.Value, isCode ? $"ABCD-EFG{(char)('H' + earlier)}" : $"{4821 + earlier}"));
            }

            return found.Shown;
        });

        public string TakeOff(string shown) => _known.Aggregate(shown, (text, known) => text.Replace(known.Shown, known.Real, StringComparison.Ordinal));

        // The digits of a phone number are nobody's code.
        [GeneratedRegex(@"(?<!\+[0-9 ]*)\b(?:[1-9][0-9]{3}|[A-Z0-9]{4}-[A-Z0-9]{4})\b")]
        private static partial Regex Secret();
    }
}
