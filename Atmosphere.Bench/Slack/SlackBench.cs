using System.Diagnostics;
using System.Text.Json;
using Atmosphere.Bench.Doors;
using Atmosphere.Bench.Scale;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bench.Slack;

/// <summary>The whole server between Slack's clicks and Slack's Web API, both played here; what came of the clicks is counted in the tables.</summary>
internal sealed class SlackBench(SlackPlan plan)
{
    private const int Persons = 50;
    private const double MostMilliseconds = 3000;

    private static readonly FaceQuality _good = new(200, 300, 0.1f, 0.01f);
    private static readonly TimeSpan _standstill = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);

    public async Task<SlackResult> RunAsync(IConfigurationRoot settings, Action<string> report, CancellationToken cancellation)
    {
        await using var slack = await FakeSlack.StartAsync(SlackLoad.Colleagues, cancellation);
        (string Key, string Value)[] values =
            [("BotToken", "xoxb-of-the-bench"), ("SigningSecret", SlackLoad.Secret), ("Channel", FakeSlack.Channel), ("ApiBaseUrl", slack.Address.ToString()), ("TeamId", FakeSlack.Team)];
        foreach (var (key, value) in values)
            settings[$"{SlackOptions.Section}:{key}"] = value;
        var taught = new CountedTraining();
        // The faces are made of random numbers, and like nobody.
        settings[$"{TaggingOptions.Section}:{nameof(TaggingOptions.LeastSimilarity)}"] = "0";
        await using var server = await TemporaryServer.StartAsync(settings, cancellation, taught.Count);
        var database = server.Services.GetRequiredService<Database>();
        // Colleagues' votes alone are measured: no teacher confirms what they teach.
        await server.Services.GetRequiredService<Groups>().ChangeAsync(ClassGroup.Id, confirms: false, null, null, cancellation: cancellation);
        report($"Writing {plan.Questions} questions ...");
        await new Crowd(database, server.Services.GetRequiredService<IFaceEngine>(), TimeProvider.System)
            .WriteAsync(new CrowdSize(Persons, 1, Persons, plan.Questions), cancellation);
        await AskAsync(database, cancellation);

        using var load = new SlackLoad(server.Address, plan, new Uri(slack.AnswerUrl()));
        await load.WarmUpAsync(cancellation);
        await QuietAsync(database, cancellation);
        report($"{plan.Posts} clicks in {plan.Seconds} s ...");
        await load.RunAsync(Persons, cancellation);
        report("All are answered; waiting for the queues ...");
        var sent = Stopwatch.GetTimestamp();
        await QuietAsync(database, cancellation);
        return await CountAsync(database, load, taught, Stopwatch.GetElapsedTime(sent), cancellation);
    }

    /// <summary>A question about the unknown face of each photo, as if it were posted already; each a cluster of its own, large, sharp, and like nobody.</summary>
    private Task AskAsync(Database database, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var quality = JsonSerializer.Serialize(_good);
            for (var number = 0; number < plan.Questions; number++)
            {
                await session.ExecuteAsync(
                    "UPDATE bounding_boxes SET quality = @quality WHERE face_id = @face; UPDATE embeddings SET vector = @vector WHERE face_id = @face",
                    new { quality, face = $"crowd-{number}c", vector = Stranger(number).ToBytes() });
                await session.ExecuteAsync(
                    """
                    INSERT INTO questions (id, group_id, kind, face_id, photo_id, state, asked_at, changed_at, channel, ts, post_state, posting_at, shown_at)
                    VALUES (@id, @group, 'who', @face, @photo, 'asked', @now, @now, 'C00000BENCH', @ts, 'posted', @now, @now)
                    """,
                    new { id = SlackLoad.Question(number).Value, group = ClassGroup.Id, face = $"crowd-{number}c", photo = $"crowd-{number}", now, ts = $"1772352000.{number:D6}" });
            }
        },
        cancellation);

    /// <summary>The vector of somebody else each time; every run the same.</summary>
    private static Embedding Stranger(int number)
    {
#pragma warning disable CA5394
        var random = new Random(number);
        return Embedding.FromValues([.. Enumerable.Range(0, 128).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))]);
#pragma warning restore CA5394
    }

    /// <summary>Ends, too, when nothing moves any more: the counts say what is missing.</summary>
    private static async Task QuietAsync(Database database, CancellationToken cancellation)
    {
        using var look = new PeriodicTimer(_look);
        var (before, since) = (-1L, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < _standstill)
        {
            var now = await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM messages WHERE queue <> 'colleagues-questions'"), cancellation);
            if (now == 0)
                return;
            if (now != before)
                (before, since) = (now, Stopwatch.GetTimestamp());
            await look.WaitForNextTickAsync(cancellation);
        }
    }

    private async Task<SlackResult> CountAsync(Database database, SlackLoad load, CountedTraining taught, TimeSpan allDone, CancellationToken cancellation)
    {
        var (questions, tags, waiting, dead) = await database.ReadAsync(
            async session => (
                await session.QueryAsync<QuestionRow>("SELECT id, state, answer, person_id FROM questions WHERE id LIKE 'bench-%'"),
                await session.QueryAsync<TagRow>("SELECT face_id, voter, verdict, person_id FROM face_tags"),
                await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM webhook_events WHERE body IS NOT NULL"),
                await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM dead_letters")),
            cancellation);
        var byId = questions.ToDictionary(question => question.Id);
        var votes = tags.ToDictionary(tag => (tag.FaceId, tag.Voter), tag => (tag.Verdict, tag.PersonId));
        var (right, wrong, lost, missing) = (0, 0, 0, 0);
        for (var number = 0; number < plan.Questions; number++)
        {
            var person = SlackLoad.Right(number, Persons).Value;
            var question = byId[SlackLoad.Question(number).Value];
            if (question.State == "decided")
                _ = question.Answer == "person" && question.PersonId == person ? right++ : wrong++;
            foreach (var vote in Expected(number, person))
            {
                var isThere = votes.TryGetValue(($"crowd-{number}c", $"slack:{vote.User}"), out var kept);
                missing += isThere ? 0 : 1;
                lost += kept == (vote.Verdict, vote.Person) ? 0 : 1;
            }
        }

        return new SlackResult(
            load.Times.Count, load.Refused, load.Times.Count(time => time > MostMilliseconds), right, wrong, plan.Questions - right - wrong,
            plan.Questions * 3, lost, tags.Count - (plan.Questions * 3) + missing, taught.Faces.Values.Sum(), taught.Faces.Values.Count(times => times > 1), (int)waiting, (int)dead, new DoorTimes("POST /slack/interactivity", [.. load.Times]), allDone);
    }

    /// <summary>What each of the first three said last.</summary>
    private static (string User, string Verdict, string Person)[] Expected(int question, string right) =>
        [(SlackLoad.Voter(question, 0), "is", right), (SlackLoad.Voter(question, 1), "is", right), (SlackLoad.Voter(question, 2), "cannot-tell", "")];

    private sealed record QuestionRow
    {
        public string Id { get; init; } = "";

        public string State { get; init; } = "";

        public string? Answer { get; init; }

        public string? PersonId { get; init; }
    }

    private sealed record TagRow
    {
        public string FaceId { get; init; } = "";

        public string Voter { get; init; } = "";

        public string Verdict { get; init; } = "";

        public string PersonId { get; init; } = "";
    }
}
