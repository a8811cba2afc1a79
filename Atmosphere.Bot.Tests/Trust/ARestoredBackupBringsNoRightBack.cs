using System.Globalization;
using System.Text.RegularExpressions;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Rights are withdrawn, then a copy of the data folder from before is restored beside the newest log.</summary>
public sealed partial class ARestoredBackupBringsNoRightBack : IAsyncLifetime
{
    private readonly string _backup = Directory.CreateTempSubdirectory("atmosphere-backup-").FullName;
    private TrustChats _chats = null!;
    private FakeWaha _waha = null!;
    private DirectLineChat _mother = null!;
    private DirectLineChat _father = null!;
    private string _code = "";

    private BotServer Server => _chats.Server;

    public async ValueTask InitializeAsync()
    {
        _waha = await FakeWaha.StartAsync();
        _waha.Members["1@g.us"] = [("4915100000001@c.us", null), ("4915100000002@c.us", null)];
        // Nobody answers before a test lets the container answer.
        _waha.Before = context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        _chats = await TrustChats.StartAsync();
        (_mother, _father) = (await _chats.OpenAsync(), await _chats.OpenAsync());
        await _chats.RegisterAsync(_mother, "Noa", "noa-1.jpg");
        _ = await _chats.SayAsync(_father, await _chats.ShareAsync(_mother, "Noa"));
        _ = await _chats.SayAsync(_father, "yes");
        _ = await _mother.HearAsync();
        _ = await _chats.SayAsync(_mother, "picture in reports");
        Assert.Contains("Thank you", await _chats.SayAsync(_mother, "yes"), StringComparison.Ordinal);
        _code = await _chats.ShareAsync(_mother, "Noa");
        _ = await Server.Services.GetRequiredService<Stations>().AddAsync("gate", new GroupId("class"), "UTC");
        await _chats.ChangeAsync(
            """
            UPDATE participants SET teacher_since = 1;
            INSERT INTO groups (id, name, created_at, channel, address) VALUES ('chat', 'Chat', 1, 'whatsapp-waha', '1@g.us');
            INSERT INTO group_members (group_id, address_hash, joined_at) VALUES ('chat', 'a', 1), ('chat', 'b', 1);
            INSERT INTO photos (id, group_id, source_id, state, file_name, received_at) VALUES ('p', 'chat', 's', 'processed', 'p.jpg', unixepoch() * 1000), ('q', 'class', 's', 'processed', 'q.jpg', unixepoch() * 1000);
            INSERT INTO faces (id, photo_id, x, y, width, height, score, verdict, person_id) SELECT 'f', 'q', 0, 0, 1, 1, 1, 'named', id FROM persons;
            """);
        await _chats.QuietAsync();
        await Server.RestartAsync(() => Copy(Server.Data, _backup));
    }

    public async ValueTask DisposeAsync()
    {
        await _chats.DisposeAsync();
        await _waha.DisposeAsync();
        Directory.Delete(_backup, recursive: true);
    }

    [Fact]
    public async Task Whatever_was_withdrawn_stays_withdrawn()
    {
        _ = await _chats.SayAsync(_father, "remove child");
        Assert.Contains("Your consent is deleted", await _chats.SayAsync(_father, "yes"), StringComparison.Ordinal);
        var third = await _chats.OpenAsync();
        _ = await _chats.SayAsync(third, _code);
        _ = await _chats.SayAsync(third, "no");
        _ = await _chats.SayAsync(_mother, "picture in reports");
        Assert.Contains("Done", await _chats.SayAsync(_mother, "yes"), StringComparison.Ordinal);
        _ = await _chats.SayAsync(_mother, "pause");
        _ = await _chats.SayAsync(_mother, "stop");
        _ = await Server.Services.GetRequiredService<Stations>().EnableAsync("gate", enabled: false);
        await WriteAsync(async session =>
        {
            foreach (var teacher in await session.QueryAsync<string>("SELECT id FROM participants WHERE teacher_since IS NOT NULL"))
                _ = await Teachers.RevokeAsync(session, new ParticipantId(teacher), DateTimeOffset.UnixEpoch);
            await GroupMembers.LeaveAsync(session, new GroupId("chat"), ["a"], DateTimeOffset.FromUnixTimeSeconds(1_000_000));
            await VoteTable.DenyAsync(session, new FaceId("f"), new PersonId((await session.QuerySingleOrDefaultAsync<string>("SELECT id FROM persons"))!), "slack:U1", DateTimeOffset.UnixEpoch);
        });
        await RestoreAsync();

        Assert.Equal("owner", await Server.QueryAsync<string>("SELECT role FROM guardians"));
        Assert.Equal(1, await Server.QueryAsync<long>("SELECT COUNT(*) FROM consents"));
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM report_pictures"));
        Assert.Equal(1, await Server.QueryAsync<long>("SELECT COUNT(*) FROM participants WHERE stopped_at IS NOT NULL AND paused_at IS NOT NULL"));
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM participants WHERE teacher_since IS NOT NULL"));
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM codes WHERE used_at IS NULL"));
        Assert.Equal(1, await Server.QueryAsync<long>("SELECT COUNT(*) FROM clients WHERE disabled_at IS NOT NULL"));
        Assert.Equal("b", await Server.QueryAsync<string>("SELECT address_hash FROM group_members WHERE group_id = 'chat'"));
        Assert.Equal("is-not", await Server.QueryAsync<string>("SELECT verdict FROM face_tags WHERE face_id = 'f'"));
        Assert.Contains(Server.Log.Lines, line => line.Contains("This database is an older copy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_given_back_later_stays_given()
    {
        _ = await _chats.SayAsync(_mother, "stop");
        await Server.RestartAsync();
        _ = await _chats.SayAsync(_mother, "start");
        await RestoreAsync();
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM participants WHERE stopped_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_start_without_a_restored_copy_takes_nothing_away_and_lets_nothing_wait()
    {
        _ = await _chats.SayAsync(_mother, "stop");
        await Server.RestartAsync();
        _ = await _chats.SayAsync(_mother, "start");
        await Server.RestartAsync();
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM unverified_groups"));
        Assert.DoesNotContain(Server.Log.Lines, line => line.Contains("older copy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Photos_of_a_chat_group_wait_until_its_members_are_known_and_doctor_says_so()
    {
        _ = await _chats.SayAsync(_mother, "stop");
        // The container is set up, and does not answer yet.
        Server.Set([.. _waha.Settings]);
        await RestoreAsync();
        await WaitingDeliveryAsync();
        await WriteAsync(session => Server.Services.GetRequiredService<IOutbox>().SendAsync(session, new SendMedia(new DeliveryId("d"))));
        await Eventually.TrueAsync(async () => await Server.QueryAsync<long>("SELECT COUNT(*) FROM messages WHERE type LIKE '%SendMedia'") == 0, "the delivery was looked at");
        Assert.Equal("pending", await Server.QueryAsync<string>("SELECT state FROM media_distributions"));
        Assert.Equal("a b", await MembersAsync());
        var doctor = await CommandLineRun.OfAsync("doctor", "--data", Server.Data);
        Assert.Contains("an older copy was restored: the photos of 1 chat groups wait", doctor.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);

        Assert.Contains("atmosphere groups verify", doctor.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var listed = await CommandLineRun.OfAsync("groups", "verify", "--json", "--data", Server.Data);
        Assert.Contains("\"waiting\": 1", listed.Out, StringComparison.Ordinal);

        _waha.Before = _ => Task.FromResult(false);
        var asked = await CommandLineRun.OfAsync("groups", "verify", "chat", "--data", Server.Data);
        Assert.True(asked.Code == ExitCode.Success, asked.Error);
        await Eventually.TrueAsync(async () => await Server.QueryAsync<string>("SELECT state FROM media_distributions") == "withheld", "the delivery goes on, and finds no consent");
        // Who is in the group is what the container says now.
        var key = Server.Services.GetRequiredService<Database>().Key;
        Assert.Equal(string.Join(' ', new[] { key.HashOf("+4915100000001"), key.HashOf("+4915100000002") }.Order(StringComparer.Ordinal)), await MembersAsync());
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM unverified_groups"));
    }

    [Fact]
    public async Task An_operator_who_has_looked_at_the_chat_group_decides_where_the_carrier_does_not_answer()
    {
        _ = await _chats.SayAsync(_mother, "stop");
        Server.Set([.. _waha.Settings]);
        await RestoreAsync();
        await WaitingDeliveryAsync();
        Assert.Equal(1, await Server.QueryAsync<long>("SELECT COUNT(*) FROM unverified_groups"));
        var unknown = await CommandLineRun.OfAsync("groups", "verify", "class", "--as-stored", "--data", Server.Data);
        Assert.Contains("does not wait", unknown.Error, StringComparison.Ordinal);

        var decided = await CommandLineRun.OfAsync("groups", "verify", "chat", "--as-stored", "--data", Server.Data);
        Assert.True(decided.Code == ExitCode.Success, decided.Error);
        Assert.Contains("1 deliveries go on", decided.Out, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => await Server.QueryAsync<string>("SELECT state FROM media_distributions") == "withheld", "the delivery goes on, and finds no consent");
        Assert.Equal("a b", await MembersAsync());
    }

    [Fact]
    public async Task The_log_names_nobody_and_skips_what_it_does_not_know()
    {
        _ = await _chats.SayAsync(_mother, "stop");
        await WriteAsync(session => GroupMembers.LeaveAsync(session, new GroupId("chat"), ["a"], DateTimeOffset.FromUnixTimeSeconds(1_000_000)));
        await Server.RestartAsync();
        var log = Path.Combine(Server.Data, "erasures.log");
        var text = await File.ReadAllTextAsync(log);
        Assert.DoesNotContain("Noa", text, StringComparison.Ordinal);
        Assert.DoesNotContain(_mother.Conversation, text, StringComparison.Ordinal);
        await Server.RestartAsync(() => File.AppendAllText(log, """{"at":1,"kind":"of-tomorrow","line":"x","of":"y"}""" + "\n"));
        Assert.Equal(1, await Server.QueryAsync<long>("SELECT COUNT(*) FROM participants WHERE stopped_at IS NOT NULL"));
    }

    [Fact]
    public async Task Old_lines_of_the_log_go_and_a_copy_from_before_its_beginning_is_not_started()
    {
        await _chats.RemoveAsync(_mother, "Noa");
        await _chats.ErasedAsync();
        _ = await _chats.SayAsync(_father, "stop");
        await Server.RestartAsync();
        var log = Path.Combine(Server.Data, "erasures.log");
        Assert.NotEqual(0, Lines(log));

        // A year goes by in the log and in the backup.
        Age(log, days: 364);
        _ = await Server.Services.GetRequiredService<Retention>().RunAsync(default);
        Assert.NotEqual(0, Lines(log));
        Age(log, days: 2);
        _ = await Server.Services.GetRequiredService<Retention>().RunAsync(default);
        Assert.Equal((1, true), (Lines(log), (await File.ReadAllTextAsync(log)).Contains("\"begins\"", StringComparison.Ordinal)));
        // The server itself goes on with the shortened log.
        await Server.RestartAsync();
        Assert.DoesNotContain(Server.Log.Lines, line => line.Contains("older copy", StringComparison.Ordinal) || line.Contains("is not the one", StringComparison.Ordinal));
        Assert.Equal(1, await Server.QueryAsync<long>("SELECT COUNT(*) FROM participants WHERE stopped_at IS NOT NULL"));

        await _chats.ChangeAsync("UPDATE log_marks SET line_id = '2020-01-01T00:00:00.0000000+00:00' WHERE log = 'alive'");
        var refused = await Assert.ThrowsAsync<DataFolderException>(() => Server.RestartAsync());
        Assert.Contains("a copy of 2020-01-01", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Restore a newer backup", refused.Message, StringComparison.Ordinal);
    }

    private static int Lines(string log) => File.ReadAllLines(log).Length;

    private static void Age(string log, int days) => File.WriteAllText(log, Time().Replace(
        File.ReadAllText(log), at => $"\"at\":{long.Parse(at.Groups[1].Value, CultureInfo.InvariantCulture) - (days * 86_400_000L)}"));

    [GeneratedRegex("\"at\":([0-9]+)")]
    private static partial Regex Time();

    /// <summary>A photo of the chat group is on its way to the mother.</summary>
    private Task WaitingDeliveryAsync() => _chats.ChangeAsync(
        """
        INSERT INTO media_distributions (id, photo_id, participant_id, state, media, created_at)
        SELECT 'd', 'p', id, 'pending', 'Outbound/p.jpg', 1 FROM participants ORDER BY created_at LIMIT 1
        """);

    private async Task<string?> MembersAsync() =>
        await Server.QueryAsync<string>("SELECT group_concat(address_hash, ' ') FROM (SELECT address_hash FROM group_members WHERE group_id = 'chat' ORDER BY address_hash)");

    private Task RestoreAsync() => Server.RestartAsync(() =>
    {
        var log = Path.Combine(Server.Data, "erasures.log");
        var kept = File.ReadAllBytes(log);
        Directory.Delete(Server.Data, recursive: true);
        Copy(_backup, Server.Data);
        File.WriteAllBytes(log, kept);
    });

    private Task WriteAsync(Func<Session, Task> change) => Server.Services.GetRequiredService<Database>().WriteAsync(change);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
