using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bench.Week;

/// <summary>
/// Simulates a week of a class: photos are posted, some children are registered, two colleagues on Slack name the others with occasional
/// errors, and invited parents register. The server is the whole program; a fake Slack answers its requests, and the clock moves through
/// the days.
/// </summary>
internal sealed partial class WeekBench(WeekPlan plan)
{
    private const string Secret = "5ec7e70ff1ce0000000000000000beef";

    // Photos of a day that are on their way at a time.
    private const int Waiting = 6;

    private static readonly DateTimeOffset _monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private const int QuietRounds = 3;

    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _faster = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _standstill = TimeSpan.FromMinutes(10);
    private static readonly string[] _users = ["U0ANNA", "U0BERT"];

    private readonly Random _chance = new(plan.Seed);
    private readonly HashSet<(string Question, string State, string User, int Day)> _answered = [];
    private readonly Dictionary<string, string?> _invited = new(StringComparer.Ordinal);
    private (int All, int Wrong) _votes;

    public async Task<WeekResult> RunAsync(IConfigurationRoot settings, Action<string> report, CancellationToken cancellation)
    {
        await using var slack = await FakeSlack.StartAsync([.. _users, FakeSlack.Bot], cancellation);
        var clock = new WeekClock(_monday);
        Configure(settings, slack.Address);
        await using var server = await TemporaryServer.StartAsync(settings, cancellation, services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            // The parents of the week chat by Direct Line, which a server with Slack has closed.
            services.PostConfigure<PublicDoors>(doors => doors.OpenedBy = null);
        });
        var database = server.Services.GetRequiredService<Database>();
        var truth = new WeekTruth(database);
        var photos = ActivatorUtilities.CreateInstance<WeekPhotos>(server.Services, plan.Labels, plan.Seed);
        var group = server.Services.GetRequiredService<GroupPhotos>();
        using var http = new HttpClient { BaseAddress = server.Address };
        var colleagues = _users.Select(user => new WeekColleague(user, http, slack, Secret, clock)).ToList();

        foreach (var person in photos.Persons.Take(plan.Registered))
            await WeekGuardian.RegisterAsync(server.Address, WeekTruth.NameOf(person), Enrolment(person), null, cancellation);
        for (var day = 0; day < plan.Days; day++)
        {
            for (var number = plan.Photos * day / plan.Days; number < plan.Photos * (day + 1) / plan.Days; number++)
            {
                var photo = photos.Make(number);
                truth.Add(photo);
                await RoomAsync(database, cancellation);
                await group.ReceiveAsync(ClassGroup.Id, photo.Id, $"{photo.Id}.jpg", photo.Jpeg, cancellation);
            }

            await AnswerAsync(server.Address, slack, database, truth, colleagues, day, clock, cancellation);
            report(await DayAsync(database, truth, day, cancellation));
            clock.MoveTo(_monday.Date.AddDays(day + 1).AddHours(3).AddMinutes(1));
            await CalmAsync(database, clock, cancellation);
            clock.MoveTo(_monday.AddDays(day + 1));
            await CalmAsync(database, clock, cancellation);
        }

        var reported = new WeekReport(plan, database, truth, DateOnly.FromDateTime(_monday.Date));
        return await CountAsync(database, truth, await reported.DifferencesAsync(server.Services.GetRequiredService<OperatorReports>(), cancellation), cancellation);
    }

    private static void Configure(IConfigurationRoot settings, Uri slack)
    {
        (string Key, string Value)[] values =
        [
            ($"{SlackOptions.Section}:BotToken", "xoxb-week"), ($"{SlackOptions.Section}:SigningSecret", Secret), ($"{SlackOptions.Section}:Channel", FakeSlack.Channel),
            ($"{SlackOptions.Section}:TeamId", FakeSlack.Team), ($"{SlackOptions.Section}:ApiBaseUrl", slack.ToString()), ($"{SlackOptions.Section}:MessagesPerSecond", "1000"),
            ($"{DistributionOptions.Section}:{nameof(DistributionOptions.BurstDistance)}", "0"),
            ($"{DistributionOptions.Section}:{nameof(DistributionOptions.Reposts)}", "00:00:00"),
            // Everything of the week is counted at its end.
            ($"{RetentionOptions.Section}:{nameof(RetentionOptions.GroupPhotosAfterDelivery)}", "30.00:00:00"),
            ($"{RetentionOptions.Section}:{nameof(RetentionOptions.UndeliveredPhotos)}", "30.00:00:00"),
            ($"{RetentionOptions.Section}:{nameof(RetentionOptions.UnknownFaces)}", "30.00:00:00"),
            ($"{RetentionOptions.Section}:{nameof(RetentionOptions.Inbox)}", "30.00:00:00"),
            // Told one by one, half of the week would be the telling.
            ("Atmosphere:Identify:TellIdentified", "false"),
        ];
        foreach (var (key, value) in values)
            settings[key] = value;
    }

    private string[] Enrolment(string person)
    {
        var folder = Path.Combine(plan.Enrolment, person);
        return [.. Directory.GetFiles(folder).Where(file => Path.GetExtension(file).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png").Order(StringComparer.Ordinal).Take(3)];
    }

    /// <summary>Each colleague goes through what waits, until nobody has anything to say any more today.</summary>
    private async Task AnswerAsync(
        Uri server, FakeSlack slack, Database database, WeekTruth truth, IReadOnlyList<WeekColleague> colleagues, int day, WeekClock clock, CancellationToken cancellation)
    {
        for (var quiet = 0; quiet < QuietRounds;)
        {
            // Colleagues are asked a little after the photos came, and of those who look alike one after the other.
            clock.MoveTo(clock.GetUtcNow() + _pause);
            await CalmAsync(database, clock, cancellation);
            var said = 0;
            foreach (var (question, state, face) in await truth.QuestionsAsync("'asked', 'voting'", cancellation))
            {
                if (Message(slack, question) is not { } message)
                    continue;
                foreach (var colleague in colleagues)
                    said += await SayAsync(database, slack, colleague, message, question, face, day, cancellation) ? 1 : 0;
            }

            await CalmAsync(database, clock, cancellation);
            foreach (var (person, code) in _invited.Where(invited => invited.Value is not null).ToList())
            {
                _invited[person] = null;
                await WeekGuardian.RegisterAsync(server, WeekTruth.NameOf(person), Enrolment(person), code, cancellation);
                await CalmAsync(database, clock, cancellation);
                said++;
            }

            quiet = said == 0 ? quiet + 1 : 0;
        }
    }

    /// <returns>False where they have said what they have to say of it today.</returns>
    private async Task<bool> SayAsync(
        Database database, FakeSlack slack, WeekColleague colleague, JsonObject message, string question, TrueFace? face, int day, CancellationToken cancellation)
    {
        if (!_answered.Add((question, "", colleague.User, day)))
            return false;

        var known = await database.ReadAsync(
            session => session.QueryAsync<KnownChild>("SELECT id, name FROM persons WHERE state = 'connected' ORDER BY name"), cancellation);
        var errs = _chance.NextDouble() < plan.Mistakes;
        var truth = face?.Person is { } label ? known.FirstOrDefault(child => child.Name == WeekTruth.NameOf(label)) : null;
        if (errs)
        {
            _votes = (_votes.All + 1, _votes.Wrong + 1);
            var wrong = known.Where(child => child.Id != truth?.Id).ToList();
            var pick = _chance.Next(wrong.Count + 1);
            return pick < wrong.Count
                ? await NameAsync(colleague, message, wrong[pick], cancellation)
                : await ClickAsync(colleague, message, face?.Person is null ? "tag.cannot-tell" : "tag.visitor", cancellation);
        }

        if (truth is not null)
        {
            _votes.All++;
            return await NameAsync(colleague, message, truth, cancellation);
        }

        if (face?.Person is { } missing)
        {
            // Somebody invites the parents; the other waits until the child is registered.
            _answered.Remove((question, "", colleague.User, day));
            return _invited.TryAdd(missing, null) && await InviteAsync(slack, colleague, message, missing, cancellation);
        }

        _votes.All++;
        return await ClickAsync(colleague, message, face is null ? "tag.nobody" : "tag.visitor", cancellation);
    }

    private static async Task<bool> ClickAsync(WeekColleague colleague, JsonObject message, string action, CancellationToken cancellation) =>
        await colleague.ClickAsync(message, action, _ => true, cancellation) is not null;

    private static async Task<bool> NameAsync(WeekColleague colleague, JsonObject message, KnownChild child, CancellationToken cancellation) =>
        await colleague.ClickAsync(message, "tag.person", value => value.EndsWith("|" + child.Id, StringComparison.Ordinal), cancellation) is not null
        || await colleague.SelectAsync(message, child.Name, child.Id, cancellation);

    private async Task<bool> InviteAsync(FakeSlack slack, WeekColleague colleague, JsonObject message, string person, CancellationToken cancellation)
    {
        var heard = slack.Said.Count;
        if (await colleague.ClickAsync(message, "tag.new", _ => true, cancellation) is not { } trigger)
            throw new InvalidOperationException("The post of a question has no button for a new person.");
        await WaitAsync(() => slack.Forms.ContainsKey(trigger), "the form is opened", cancellation);
        slack.Said.Enqueue(await colleague.SubmitAsync(slack.Forms[trigger], [WeekTruth.NameOf(person), $"+1555{_invited.Count:0000000}"], cancellation));
        string? code = null;
        await WaitAsync(() => (code = slack.Said.Skip(heard).Select(text => Code().Match(text)).FirstOrDefault(match => match.Success)?.Value) is not null, "the code is told", cancellation);
        _invited[person] = code;
        return true;
    }

    /// <summary>The post as it stands.</summary>
    private static JsonObject? Message(FakeSlack slack, string question) =>
        slack.Messages.Values.FirstOrDefault(message => message["blocks"]!.AsArray().Any(block => block!["block_id"]?.ToString().Contains(question, StringComparison.Ordinal) == true));

    /// <summary>Nothing is under way, nor will be soon. Where something only waits, such as for its turn at Slack, the clock goes faster.</summary>
    private static Task CalmAsync(Database database, WeekClock clock, CancellationToken cancellation) =>
        UntilAsync(
            async () =>
            {
                clock.MoveTo(clock.GetUtcNow() + _faster);
                return await database.ReadAsync(
                    session => session.QuerySingleOrDefaultAsync<long>(
                        "SELECT COUNT(*) FROM messages WHERE lease IS NOT NULL OR due_at <= @soon", new { soon = (clock.GetUtcNow() + _soon).ToUnixTimeMilliseconds() }),
                    cancellation) == 0;
            },
            "nothing is under way", times: 2, cancellation, () => UnderWayAsync(database, clock, cancellation));

    private static async Task<string> UnderWayAsync(Database database, WeekClock clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var queues = await database.ReadAsync(
            session => session.QueryAsync<string>(
                """
                SELECT queue || ': ' || COUNT(*) || ' messages, ' || COUNT(lease) || ' being handled, ' || SUM(waits) || ' behind another of their key, '
                    || MAX(attempts) || ' attempts at most, the first due in ' || (MIN(due_at) - @now) || ' ms'
                FROM messages WHERE lease IS NOT NULL OR due_at <= @soon GROUP BY queue ORDER BY queue
                """,
                new { now = now.ToUnixTimeMilliseconds(), soon = (now + _soon).ToUnixTimeMilliseconds() }),
            cancellation);
        return $" Under way: {string.Join("; ", queues)}.";
    }

    private static Task RoomAsync(Database database, CancellationToken cancellation) =>
        UntilAsync(
            async () => await database.ReadAsync(
                session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM photos WHERE distributed_at IS NULL AND state IN ('unprocessed', 'processing', 'processed')"),
                cancellation) < Waiting,
            "there is room for a photo", times: 1, cancellation);

    /// <param name="times">So often in a row: between two steps there is no message.</param>
    /// <param name="explain">What the error says beside, after a standstill.</param>
    private static async Task UntilAsync(Func<Task<bool>> isSo, string what, int times, CancellationToken cancellation, Func<Task<string>>? explain = null)
    {
        var start = Stopwatch.GetTimestamp();
        using var look = new PeriodicTimer(_look);
        for (var seen = 0; ;)
        {
            seen = await isSo() ? seen + 1 : 0;
            if (seen == times)
                return;
            if (Stopwatch.GetElapsedTime(start) > _standstill)
                throw new TimeoutException($"After {_standstill.TotalMinutes:0} minutes it is still not true that {what}.{(explain is null ? "" : await explain())}");
            await look.WaitForNextTickAsync(cancellation);
        }
    }

    private static async Task WaitAsync(Func<bool> condition, string what, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > _standstill)
                throw new TimeoutException($"After {_standstill.TotalMinutes:0} minutes it is still not true that {what}.");
            await look.WaitForNextTickAsync(cancellation);
        }
    }

    private static async Task<string> DayAsync(Database database, WeekTruth truth, int day, CancellationToken cancellation)
    {
        var faces = (await truth.FacesAsync(cancellation)).Where(face => face.Face is { Person: not null, IsWhole: true } && face.IsClear).ToList();
        var open = await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM questions WHERE state IN ('asked', 'voting')"), cancellation);
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Day {day + 1}: {faces.Count} clear faces, {faces.Count(face => face.Named == WeekTruth.NameOf(face.Face!.Person!))} named right; {open} questions wait.");
    }

    private async Task<WeekResult> CountAsync(Database database, WeekTruth truth, IReadOnlyList<string> reportDiffers, CancellationToken cancellation)
    {
        var faces = await truth.FacesAsync(cancellation);
        var clear = faces.Where(face => face.Face is { Person: not null, IsWhole: true } && face.IsClear).ToList();
        var questions = (await truth.QuestionsAsync("'asked', 'voting', 'decided', 'refused', 'expired', 'undone'", cancellation)).ToLookup(question => question.Face?.Identity ?? "");
        var persons = questions.Where(asked => asked.First().Face?.Person is not null).Select(asked => asked.Count()).ToList();
        var strangers = questions.Where(asked => asked.Key.Length > 0 && asked.First().Face!.Person is null).Select(asked => asked.Count()).ToList();
        var deliveries = await database.ReadAsync(
            session => session.QueryAsync<DeliveredPhoto>(
                """
                SELECT i.source_id, d.found_later, (
                    SELECT GROUP_CONCAT(p.name, ',') FROM guardians g JOIN persons p ON p.id = g.person_id WHERE g.participant_id = d.participant_id) AS children
                FROM media_distributions d JOIN inbox i ON i.photo_id = d.photo_id WHERE d.state IN ('sent', 'delivered', 'read')
                """),
            cancellation);
        var wrong = deliveries.Count(delivery => !truth.PersonsIn(delivery.SourceId).Any(person => (delivery.Children ?? "").Split(',').Contains(WeekTruth.NameOf(person))));
        var dead = await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM dead_letters"), cancellation);
        return new WeekResult(
            plan.Photos, persons.Count, clear.Count, clear.Count(face => face.Named == WeekTruth.NameOf(face.Face!.Person!)),
            faces.Count(face => face.Named is not null && face.Face is not null && (face.Face.Person is null || face.Named != WeekTruth.NameOf(face.Face.Person))),
            deliveries.Count, wrong, deliveries.Count(delivery => delivery.FoundLater), persons.DefaultIfEmpty().Max(), persons.Sum(),
            strangers.DefaultIfEmpty().Max(), strangers.Sum(), strangers.Count, questions[""].Count(), _votes.All, _votes.Wrong, (int)dead, reportDiffers);
    }

    [GeneratedRegex(@"\b[A-Z0-9]{4}-[A-Z0-9]{4}(?:-[A-Z0-9]{4})*\b")]
    private static partial Regex Code();

    private sealed record KnownChild
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";
    }

    private sealed record DeliveredPhoto
    {
        public string SourceId { get; init; } = "";

        public bool FoundLater { get; init; }

        public string? Children { get; init; }
    }
}
