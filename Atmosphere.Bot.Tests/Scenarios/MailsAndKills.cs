using Atmosphere.Bot.Tests.Channels.Mail;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>The server is killed while it writes, sends and records mails.</summary>
public sealed class MailsAndKills(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261201;

    private static readonly int _kills = LongRun.Of(full: 20, shortForm: 4);
    private static readonly string[] _addresses = ["ana@school.example", "ben@school.example", "carla@school.example", "grey@school.example"];

    private readonly string _data = Directory.CreateTempSubdirectory("atmosphere-mails-").FullName;

    [Fact]
    [Trait("Length", "Long")]
    public async Task No_report_is_mailed_twice_and_none_is_lost_without_a_word()
    {
        SmtpPeer.SkipIfMissing();
        var random = new Random(Seed);
        await using var smtp = await SmtpPeer.StartAsync();
        var settings = smtp.Settings.Append(("Atmosphere:PublicUrl", "https://atmosphere.example")).ToDictionary(setting => setting.Item1.Replace(":", "__", StringComparison.Ordinal), setting => setting.Item2);
        using var server = new ServerProcess(_data, settings);
        await server.StartAsync();
        using var database = new Database(_data, beside: true);
        await MailRoom.FillAsync(database);
        foreach (var address in _addresses)
            await SubscribeAsync(database, address);

        for (var kill = 0; kill < _kills; kill++)
        {
            var sent = await SentAsync(database);
            var made = await CommandLineRun.OfAsync("reports", "generate", "--group", "class", "--until", $"{new DateOnly(2026, 2, 25).AddDays(kill):yyyy-MM-dd}", "--data", _data, "--Atmosphere:Reports:LeastFaces=0", "--Atmosphere:Mail:Host=localhost", "--Atmosphere:Mail:From=a@b.example");
            Assert.True(made.Code == 0, made.Error);
            // From the first sign that the mails are worked on.
            await Eventually.TrueAsync(async () => await CountAsync(database, "state IN ('sending', 'sent')") > 0 && await WorkedOnAsync(database, sent), "a mail is begun");
            await KillAfterAsync(server, TimeSpan.FromMilliseconds(random.Next(0, 120)));
            await server.StartAsync();
            await Eventually.TrueAsync(async () => await CountAsync(database, "state IN ('waiting', 'sending')") == 0, "no mail is on its way");
        }

        var unknown = await CountAsync(database, "state = 'unknown'");
        output.WriteLine($"{_kills} kills, {smtp.Mails.Count} mails arrived, {unknown} are for an operator to decide");
        Assert.Equal(_kills * _addresses.Length, await SentAsync(database) + unknown);
        Assert.All(smtp.Mails.GroupBy(mail => (string?)mail["messageId"]), same => Assert.Single(same));
        Assert.InRange(smtp.Mails.Count, await SentAsync(database), _kills * _addresses.Length);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task<bool> WorkedOnAsync(Database database, int sent) =>
        await CountAsync(database, "state = 'sending'") > 0 || await SentAsync(database) > sent;

    private static Task<int> SentAsync(Database database) => CountAsync(database, "state = 'sent'");

    private static Task<int> CountAsync(Database database, string where) =>
        database.ReadAsync(session => session.QuerySingleOrDefaultAsync<int>($"SELECT COUNT(*) FROM mails WHERE {where}"));

    private static Task SubscribeAsync(Database database, string address) => database.WriteAsync(async session =>
    {
        var now = TimeProvider.System.GetUtcNow();
        var subscriber = await SubscriberTable.AskAsync(session, new GroupId("class"), address, null, "en", ReportRhythm.Both, now);
        Assert.True(await SubscriberTable.ConfirmAsync(session, subscriber!.Id, now));
    });

    private static async Task KillAfterAsync(ServerProcess server, TimeSpan moment)
    {
        using var timer = new PeriodicTimer(moment + TimeSpan.FromMilliseconds(1));
        await timer.WaitForNextTickAsync();
        await server.KillAsync();
    }
}
