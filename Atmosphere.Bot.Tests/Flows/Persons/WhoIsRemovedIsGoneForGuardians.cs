using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <content>What guardians leave to each other.</content>
public sealed partial class WhoIsRemovedIsGone
{
    [Fact]
    public async Task Who_is_forgotten_leaves_the_children_of_two_to_the_other_parent_who_has_agreed()
    {
        await DeliveredAsync();
        await GuardianAsync("father", agrees: true);
        await _host.Database.WriteAsync(session => _host.Get<IErasures>().ForgetParticipantAsync(session, _mother));
        await _host.RunQueuedAsync();
        Assert.Equal("father owner", await _host.ScalarAsync<string>("SELECT participant_id || ' ' || role FROM guardians"));
        Assert.Equal("father 7", await _host.ScalarAsync<string>("SELECT participant_id || ' ' || version FROM consents"));
        Assert.Equal("father", await _host.ScalarAsync<string>("SELECT id FROM participants"));
        Assert.Contains("goodbye to mother", _host.Said.Words);
        Assert.Contains($"father owns {_maya}", _host.Said.Words);
    }

    [Fact]
    public async Task A_consent_is_not_inherited_without_one_of_the_heirs_own_the_child_is_removed()
    {
        await DeliveredAsync();
        await GuardianAsync("father", agrees: false);
        await _host.Database.WriteAsync(session => _host.Get<IErasures>().ForgetParticipantAsync(session, _mother));
        await QueueAsync();
        foreach (var table in (string[])["persons", "guardians", "consents", "collection_faces"])
            Assert.Equal(0, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM {table}"));
        Assert.Equal("father", await _host.ScalarAsync<string>("SELECT id FROM participants"));
        Assert.Contains("removed: guardian father", _host.Said.Words);
    }

    [Fact]
    public async Task A_guardian_who_leaves_or_is_forgotten_takes_only_their_own_consent_along()
    {
        await GuardianAsync("father", agrees: true);
        await GuardianAsync("aunt", agrees: true);
        Assert.True(await LeaveAsync("father"));
        Assert.False(await LeaveAsync("father"));
        Assert.False(await LeaveAsync("mother"));
        await _host.Database.WriteAsync(session => _host.Get<IErasures>().ForgetParticipantAsync(session, new ParticipantId("aunt")));
        await QueueAsync();
        Assert.Equal("mother owner", await _host.ScalarAsync<string>("SELECT participant_id || ' ' || role FROM guardians"));
        Assert.Equal("mother", await _host.ScalarAsync<string>("SELECT participant_id FROM consents"));
        Assert.Equal("connected", await _host.ScalarAsync<string>("SELECT state FROM persons"));
    }

    [Fact]
    public async Task Guardians_and_askers_are_told_and_nothing_that_names_the_person_is_left_in_requests_and_look_alikes()
    {
        await GuardianAsync("father", agrees: true);
        await _host.ParentAsync("asker");
        await _host.Database.WriteAsync(async session =>
        {
            await LookAlikes.AddAsync(session, new PersonId("other"), _maya);
            Assert.True(await RequestTable.AddAsync(
                session, $"guardian-{_maya}-asker", RequestKind.Guardian, _maya, new ParticipantId("asker"), _mother, "{\"name\":\"Mayonnaise\"}", null, DateTimeOffset.UnixEpoch));
            Assert.True(await RequestTable.AddAsync(
                session, "pending", RequestKind.Guardian, new PersonId("other"), _mother, new ParticipantId("asker"), "{}", _maya, DateTimeOffset.UnixEpoch));
            await _host.Get<IOutbox>().SendAsync(session, new RequestEnded($"guardian-{_maya}-asker"), TimeSpan.FromDays(1));
        });
        await RemoveAsync();
        Assert.Equal("expired {}", await _host.ScalarAsync<string>($"SELECT state || ' ' || details FROM requests WHERE person_id = '{_maya}'"));
        await _host.RunQueuedAsync();
        Assert.Equal(
            ["receipt to mother", "removed: asker asker", "removed: guardian father"],
            _host.Said.Words.Where(word => word.StartsWith("re", StringComparison.Ordinal) && !word.StartsWith("report", StringComparison.Ordinal)).Order());
        foreach (var table in (string[])["requests", "look_alikes", "messages"])
            Assert.Equal(0, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM {table}"));
    }

    [Fact]
    public async Task Who_is_forgotten_takes_the_children_that_nobody_else_guards()
    {
        await DeliveredAsync();
        await _host.Database.WriteAsync(session => _host.Get<IErasures>().ForgetParticipantAsync(session, _mother));
        await QueueAsync();
        foreach (var table in (string[])["persons", "participants", "guardians", "consents", "media_distributions", "collection_faces", "messages"])
            Assert.Equal(0, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM {table}"));
        Assert.Equal("goodbye to mother", _host.Said.Words.Last());
    }

    private Task<bool> LeaveAsync(string guardian) =>
        _host.Database.WriteAsync(session => _host.Get<IErasures>().LeavePersonAsync(session, _maya, new ParticipantId(guardian)));

    private async Task GuardianAsync(string name, bool agrees)
    {
        await _host.ParentAsync(name);
        await _host.ExecuteAsync($"INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('{_maya}', '{name}', 'guardian', 1)");
        if (agrees)
            await _host.ExecuteAsync($"INSERT INTO consents (person_id, participant_id, version, text, given_at) VALUES ('{_maya}', '{name}', '7', 'I agree.', 1)");
    }
}
