using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Mail;

/// <summary>The bot beside a real mail server, with a class of three children and a week of photos. One for all tests of a class.</summary>
public sealed class MailRoom : IAsyncLifetime
{
    public const string Teacher = "teacher";

    private int _day;

    /// <summary>The first day of the week of photos; Sundays are its first days.</summary>
    internal static DateOnly Sunday { get; } = LastSunday(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-8));

    internal SmtpPeer Smtp { get; private set; } = null!;

    internal BotServer Bot { get; private set; } = null!;

    internal HttpClient Http { get; } = new();

    internal Database Database => Bot.Services.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        SmtpPeer.SkipIfMissing();
        Smtp = await SmtpPeer.StartAsync();
        Bot = await BotServer.StartAsync(null, [.. Smtp.Settings, ("Atmosphere:PublicUrl", "https://atmosphere.example/bot")]);
        await FillAsync(Database);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (Bot is not null)
            await Bot.DisposeAsync();
        if (Smtp is not null)
            await Smtp.DisposeAsync();
    }

    /// <summary>Maya and José were seen, Zoë was not; Bob's parents withdrew their consent.</summary>
    internal static Task FillAsync(Database database) => database.WriteAsync(async session =>
    {
        await session.ExecuteAsync("UPDATE groups SET name = 'Blue & green <class>', created_at = 0 WHERE id = 'class'");
        await session.ExecuteAsync(
            """
            INSERT INTO participants (id, channel, address, reference, language, created_at, teacher_since) VALUES ('teacher', 'whatsapp', '+15550001', '{}', 'he', 0, 1);
            INSERT INTO participants (id, channel, address, reference, language, created_at) VALUES ('mother', 'whatsapp', '+15550002', '{}', 'en', 0);
            INSERT INTO group_participants (group_id, participant_id, joined_at) VALUES ('class', 'teacher', 0), ('class', 'mother', 0);
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES
                ('p1', 'class', 'Maya', 'connected', 0), ('p2', 'class', 'José', 'connected', 0), ('p3', 'class', 'Zoë', 'connected', 0), ('p4', 'class', 'Bob', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) SELECT id, 'mother', 'owner', 0 FROM persons WHERE group_id = 'class';
            INSERT INTO consents (person_id, participant_id, version, text, given_at, withdrawn_at)
            SELECT id, 'mother', '1', 'I agree.', 0, CASE WHEN id = 'p4' THEN 1 END FROM persons WHERE group_id = 'class';
            INSERT INTO colleagues (voter, name) VALUES ('slack:U1', 'Dora');
            """);
        int[] photos = [4, 12, 9, 0, 17, 2, 1];
        for (var day = 0; day < 14; day++)
        {
            for (var number = 0; number < photos[day % 7] - (day < 7 ? 1 : 0); number++)
            {
                var (photo, at) = ($"photo-{day}-{number}", new DateTimeOffset(Sunday.AddDays(day - 7), new TimeOnly(9, number), TimeSpan.Zero).ToUnixTimeMilliseconds());
                await session.ExecuteAsync("INSERT INTO report_photos (photo_id, group_id, received_at, faces) VALUES (@photo, 'class', @at, @faces)", new { photo, at, faces = 3 + number });
                await session.ExecuteAsync(
                    "INSERT INTO report_deliveries (delivery_id, photo_id, group_id, created_at, state) VALUES (@photo, @photo, 'class', @at, @state)",
                    new { photo, at, state = number % 3 == 0 ? "read" : number % 3 == 1 ? "delivered" : "sent" });
                if (number < 2)
                {
                    await session.ExecuteAsync(
                        "INSERT INTO report_sightings (photo_id, person_id, group_id, received_at) VALUES (@photo, @child, 'class', @at)", new { photo, at, child = number == 0 ? "p1" : "p2" });
                }
            }
        }
    });

    /// <summary>Subscribes an address, and confirms it by the link in its mail.</summary>
    internal async Task SubscribeAsync(string address, string language = "en", ParticipantId? teacher = null)
    {
        await AskAsync(address, language, teacher);
        await PostAsync(LinkIn(await Smtp.MailToAsync(address), "confirm"));
    }

    internal Task AskAsync(string address, string language = "en", ParticipantId? teacher = null) => Database.WriteAsync(async session =>
        Assert.NotNull(await Bot.Services.GetRequiredService<ReportSubscriptions>().AskAsync(session, new GroupId("class"), address, teacher, language, ReportRhythm.Both)));

    /// <summary>Gives a child a picture of its learned face, and the mother's consent that reports show it.</summary>
    /// <returns>The picture.</returns>
    internal async Task<byte[]> ShowFaceAsync(string child)
    {
        var face = Bot.Services.GetRequiredService<PhotoEncoder>().EncodeToSend(DrawnPhotos.Quarters(80, 80));
        var person = new PersonId(child);
        var key = await Bot.Services.GetRequiredService<IMediaStore>().PutAsync(MediaBucket.Portraits, face, "image/jpeg", Subjects.LearnedFace(person), default);
        await Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("UPDATE persons SET portrait = @key WHERE id = @person", new { key, person });
            Assert.True(await ReportPictures.GiveAsync(session, person, new ParticipantId("mother"), "4", "I agree.", "yes", TimeProvider.System.GetUtcNow()));
        });
        return face;
    }

    /// <summary>Generates a report that was not generated before: of the week of the photos, or a day that no test has had.</summary>
    internal async Task<Report> ReportAsync(bool week = false)
    {
        var report = await Bot.Services.GetRequiredService<OperatorReports>().GenerateAsync(
            new GroupId("class"), week ? ReportPeriod.Week : ReportPeriod.Day, week ? Sunday.AddDays(7) : Sunday.AddDays(-100 - Interlocked.Increment(ref _day)));
        return report!;
    }

    /// <summary>The state of the only mail about a report.</summary>
    internal Task<string?> StateAsync(Report report) => Bot.QueryAsync<string>("SELECT state FROM mails WHERE report_id = @id", new { id = report.Id });

    /// <summary>Nobody is subscribed any more.</summary>
    internal Task EmptyAsync() => Database.WriteAsync(session => session.ExecuteAsync("DELETE FROM report_subscribers; DELETE FROM mails; DELETE FROM dead_letters; DELETE FROM reports;"));

    /// <summary>Where a link of a mail leads on this machine.</summary>
    internal Uri LinkIn(JsonNode mail, string path) => Local(Regex.Match($"{mail["text"]}", $@"https://atmosphere\.example/bot(/mail/{path}/\S+)").Groups[1].Value);

    internal Uri Local(string path) => new(Bot.Address, path);

    internal async Task<string> PostAsync(Uri address)
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await Http.PostAsync(address, form);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }

    private static DateOnly LastSunday(DateOnly day) => day.AddDays(-(int)day.DayOfWeek);
}
