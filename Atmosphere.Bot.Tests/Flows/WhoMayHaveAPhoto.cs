using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>The one rule, asked when a delivery is made, at every sending and whenever a link is used.</summary>
public sealed class WhoMayHaveAPhoto : IAsyncLifetime
{
    private readonly PhotoId _photo = new("photo");
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false);
        foreach (var parent in new[] { "mother", "father" })
            _ = await _host.ParentAsync(parent);
        var media = await _host.Media.PutAsync(MediaBucket.Unprocessed, RecognitionHost.Sample(2), "image/jpeg", default);
        await _host.ExecuteAsync(
            $"""
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'class', 'Maya', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('maya', 'mother', 'owner', 0), ('maya', 'father', 'guardian', 0);
            INSERT INTO consents (person_id, participant_id, version, text, given_at) VALUES ('maya', 'mother', '1', 'I agree.', 0), ('maya', 'father', '1', 'I agree.', 0);
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at)
            VALUES ('photo', 'class', 'one', 'processed', '{media}', 'one.jpg', 0);
            INSERT INTO faces (id, photo_id, x, y, width, height, score, person_id, similarity, verdict)
            VALUES ('face', 'photo', 1, 1, 80, 80, 0.9, 'maya', 95, 'named');
            """);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    public static TheoryData<string> OnlyTheFather => new(
        "DELETE FROM consents WHERE participant_id = 'mother'",
        "UPDATE consents SET withdrawn_at = 1 WHERE participant_id = 'mother'",
        "DELETE FROM group_participants WHERE participant_id = 'mother'",
        "DELETE FROM guardians WHERE participant_id = 'mother'",
        "UPDATE participants SET stopped_at = 1 WHERE id = 'mother'");

    public static TheoryData<string> Nobody => new(
        "UPDATE groups SET ended_at = 1",
        "UPDATE groups SET confirms = 1",
        "UPDATE persons SET state = 'erasing'",
        "UPDATE faces SET verdict = 'uncertain'",
        "INSERT INTO groups (id, name, confirms, checks_matches, created_at) VALUES ('other', 'Other', 0, 0, 0); UPDATE persons SET group_id = 'other'",
        "INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES ('face', 'participant:father', 'is-not', 'maya', 0)");

    [Theory]
    [MemberData(nameof(OnlyTheFather))]
    public async Task What_one_guardian_lacks_takes_nothing_from_the_other(string lack)
    {
        await _host.ExecuteAsync(lack);
        await _host.RunAsync(new DistributePhoto(_photo));

        Assert.Equal("father", await _host.ScalarAsync<string>("SELECT group_concat(participant_id) FROM media_distributions WHERE state <> 'withheld'"));
    }

    [Theory]
    [MemberData(nameof(Nobody))]
    public async Task Without_group_confirmation_or_a_name_nobody_gets_it(string lack)
    {
        await _host.ExecuteAsync(lack);
        await _host.RunAsync(new DistributePhoto(_photo));

        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions"));
    }

    [Theory]
    [MemberData(nameof(OnlyTheFather))]
    [MemberData(nameof(Nobody))]
    public async Task What_changes_before_the_sending_and_before_a_look_counts(string lack)
    {
        await _host.RunAsync(new DistributePhoto(_photo));
        var delivery = await _host.Database.ReadAsync(session =>
            session.QuerySingleOrDefaultAsync<DeliveryId>("SELECT id FROM media_distributions WHERE participant_id = 'mother'"));
        Assert.True(await _host.MaySeeAsync(delivery));
        await _host.ExecuteAsync(lack);
        await _host.RunAsync(new SendMedia(delivery));

        Assert.False(await _host.MaySeeAsync(delivery));
        Assert.Empty(_host.Parents.Got);
        Assert.Equal("withheld", await StateAsync("mother"));
    }

    [Fact]
    public async Task A_confirmed_child_of_a_group_that_confirms_is_sent()
    {
        await _host.ExecuteAsync("UPDATE groups SET confirms = 1; UPDATE persons SET confirmed_at = 1, confirmed_by = 'teacher'");
        await _host.RunAsync(new DistributePhoto(_photo));
        Assert.Equal(2, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions WHERE state = 'pending'"));
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("pause")]
    public async Task Photos_of_the_time_of_a_wish_for_silence_never_come(string wish)
    {
        var wishes = _host.Get<DeliveryWishes>();
        var mother = new ParticipantId("mother");
        await _host.RunAsync(new DistributePhoto(_photo));
        await _host.Database.WriteAsync(session => wish == "stop" ? wishes.StopAsync(session, mother) : wishes.PauseAsync(session, mother));
        await _host.Database.WriteAsync(session => wish == "stop" ? wishes.StartAsync(session, mother) : wishes.ResumeAsync(session, mother));
        await _host.RunQueuedAsync();

        Assert.Equal(["father"], _host.Parents.Got.Select(notice => notice.To.Value));
        Assert.Equal("withheld", await StateAsync("mother"));
    }

    [Fact]
    public async Task A_photo_that_comes_in_a_pause_is_withheld_and_stays_so()
    {
        await _host.ExecuteAsync("UPDATE participants SET paused_at = 1 WHERE id = 'mother'");
        await _host.RunAsync(new DistributePhoto(_photo));
        await _host.ExecuteAsync("UPDATE participants SET paused_at = NULL");
        await _host.RunAsync(new DistributePhoto(_photo));

        Assert.Equal("withheld", await StateAsync("mother"));
        Assert.Equal("paused", await _host.ScalarAsync<string>("SELECT error FROM media_distributions WHERE participant_id = 'mother'"));
        Assert.Equal("pending", await StateAsync("father"));
    }

    [Fact]
    public async Task A_photo_that_was_posted_while_they_had_opted_out_never_reaches_them()
    {
        await _host.ExecuteAsync("UPDATE participants SET stopped_at = 1 WHERE id = 'mother'");
        await _host.RunAsync(new DistributePhoto(_photo));
        await _host.ExecuteAsync("UPDATE participants SET stopped_at = NULL");
        await _host.RunAsync(new DistributePhoto(_photo));
        await _host.RunQueuedAsync();

        Assert.Equal("withheld", await StateAsync("mother"));
        Assert.Equal("stopped", await _host.ScalarAsync<string>("SELECT error FROM media_distributions WHERE participant_id = 'mother'"));
        Assert.Equal(["father"], _host.Parents.Got.Select(notice => notice.To.Value));
    }

    [Theory]
    [InlineData("UPDATE consents SET withdrawn_at = 1 WHERE participant_id = 'mother'", false)]
    [InlineData("DELETE FROM group_participants WHERE participant_id = 'mother'", false)]
    [InlineData("UPDATE faces SET verdict = 'nobody', person_id = NULL", false)]
    [InlineData("UPDATE participants SET stopped_at = 1 WHERE id = 'mother'", true)]
    public async Task An_export_shows_a_photo_only_to_who_may_have_it_and_opting_out_takes_nothing_from_it(string lack, bool shown)
    {
        await _host.RunAsync(new DistributePhoto(_photo));
        await _host.RunQueuedAsync();
        await _host.ExecuteAsync(lack);
        var exports = _host.Get<Atmosphere.Recognition.Flows.Persons.IExports>();
        var export = await _host.Database.ReadAsync(session => exports.FindAsync(session, new ParticipantId("mother")));

        Assert.Equal(shown, Assert.Single(export!.Photos).Media is not null);
    }

    [Fact]
    public async Task A_link_to_what_was_withheld_is_good_for_nobody()
    {
        await _host.RunAsync(new DistributePhoto(_photo));
        var delivery = new DeliveryId((await _host.ScalarAsync<string>("SELECT id FROM media_distributions WHERE participant_id = 'mother'"))!);
        Assert.True(await _host.MaySeeAsync(delivery));
        await _host.ExecuteAsync("UPDATE media_distributions SET state = 'withheld'");
        Assert.False(await _host.MaySeeAsync(delivery));
    }

    [Fact]
    public async Task The_rule_is_answered_by_indexes()
    {
        var sentences = new[]
        {
            $"SELECT DISTINCT g.participant_id {DistributionTable.ChildrenOfGuardians} AND f.photo_id = @photo",
            $"SELECT p.name {DistributionTable.ChildrenOfGuardians} AND f.photo_id = @photo AND g.participant_id = @participant",
            AlbumDeliveries.WaitingForEvening,
            FamilyTable.Children,
        };
        foreach (var sentence in sentences)
        {
            var plan = await _host.Database.ReadAsync(session => session.QueryAsync<Step>(
                $"EXPLAIN QUERY PLAN {sentence}", new { photo = "photo", participant = "mother" }));
            Assert.DoesNotContain(plan, step => step.Detail.StartsWith("SCAN", StringComparison.Ordinal));
        }
    }

    private Task<string?> StateAsync(string parent) => _host.ScalarAsync<string>($"SELECT state FROM media_distributions WHERE participant_id = '{parent}'");

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
