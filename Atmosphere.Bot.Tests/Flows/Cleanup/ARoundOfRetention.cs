using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Flows.Cleanup;

/// <summary>A round as a step: asked for by the timer, kind by kind, and what fails is tried again.</summary>
public sealed class ARoundOfRetention
{
    [Fact]
    public async Task A_kind_that_fails_says_why_and_keeps_neither_the_others_nor_the_next_round()
    {
        var broken = new Broken();
        await using var host = await CleanupHost.StartAsync(adjust: services => services.Insert(0, ServiceDescriptor.Singleton<ITimeToLive>(broken)));
        _ = await host.Media.PutAsync(MediaBucket.Outbound, new byte[] { 1 }, "image/jpeg", default);

        var report = await host.AfterAsync(TimeSpan.FromHours(2));
        Assert.False(report.Complete);
        Assert.Equal(new ExpiredKind("broken", 0, "The disk is tired."), report.Kinds[0]);
        Assert.Equal((1, 0), (report.Deleted, await host.Recognition.FilesAsync(MediaBucket.Outbound)));

        broken.Works = true;
        Assert.Equal(new ExpiredKind("broken", 7, null), (await host.AfterAsync(TimeSpan.Zero)).Kinds[0]);
    }

    [Fact]
    public async Task A_round_in_which_nothing_is_due_names_every_kind_and_deletes_nothing()
    {
        await using var host = await CleanupHost.StartAsync();
        var report = await host.AfterAsync(TimeSpan.Zero);
        Assert.Equal(
            ["group photos", "unknown faces", "late rows", "colleague pictures", "questions", "training photos", "failed persons", "codes", "invitations", "requests", "inbox", "reports", "erasure log", "orphans"],
            report.Kinds.Select(kind => kind.Kind));
        Assert.Equal((0, true), (report.Deleted, report.Complete));
    }

    [Theory]
    [InlineData("notifications", "Notifications", "INSERT INTO notifications (kind, photo_id, text, created_at) VALUES ('failed', 'p', 'x', @now)")]
    [InlineData("cluster_changes", "Notifications", "INSERT INTO cluster_changes (group_id, kind, cluster_id, at) VALUES ('class', 'founded', 'c', @now)")]
    [InlineData("image_table", "ImageTable",
        "INSERT INTO image_table (partition, row, group_id, state, faces, width, height, received_at) VALUES ('2026-03-01', 'p', 'class', 'processed', 0, 1, 1, @now)")]
    [InlineData("dead_letters", "DeadLetters",
        """
        INSERT INTO dead_letters (id, queue, type, body, correlation_id, attempts, crashes, sent_at, died_at, reason, stack)
        VALUES ('i', 'q', 't', '{}', 'c', 1, 0, 0, @now, 'r', 's')
        """)]
    public async Task What_operators_read_goes_in_its_time_and_not_a_second_before(string table, string setting, string insert)
    {
        await using var host = await CleanupHost.StartAsync(settings: ($"Atmosphere:Retention:{setting}", "05:00:00"));
        await host.Recognition.Database.WriteAsync(session => session.ExecuteAsync(insert, new { now = host.Clock.GetUtcNow().ToUnixTimeMilliseconds() }));

        await host.AfterAsync(TimeSpan.FromHours(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, await host.CountAsync(table));
        await host.AfterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await host.CountAsync(table));
    }

    [Fact]
    public async Task The_timer_asks_and_the_step_deletes()
    {
        await using var host = await CleanupHost.StartAsync(workers: true);
        _ = await host.Media.PutAsync(MediaBucket.Outbound, new byte[] { 1 }, "image/jpeg", default);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await Eventually.TrueAsync(
            async () =>
            {
                // The timers may have begun to rest before or after the clock moved.
                host.Clock.Advance(TimeSpan.FromMinutes(1));
                return await host.Recognition.FilesAsync(MediaBucket.Outbound) == 0;
            },
            "the orphan is deleted");
    }

    [Fact]
    public async Task The_step_sends_nothing_and_can_be_repeated()
    {
        await using var host = await CleanupHost.StartAsync();
        await host.Recognition.RunAsync(new RunRetention(host.Clock.GetUtcNow()));
        await host.Recognition.RunAsync(new RunRetention(host.Clock.GetUtcNow()));
        await host.Recognition.RunAsync(new RunSweep(host.Clock.GetUtcNow()));
        await host.Recognition.RunAsync(new RunSweep(host.Clock.GetUtcNow()));
        Assert.Equal(0, await host.CountAsync("messages"));
    }

    private sealed class Broken : ITimeToLive
    {
        public bool Works { get; set; }

        public Task<int> ExpireAsync(CancellationToken cancellation) => Works ? Task.FromResult(7) : throw new IOException("The disk is tired.");
    }
}
