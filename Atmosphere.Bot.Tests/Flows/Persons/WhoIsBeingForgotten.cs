using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <summary>A participant who asked to be forgotten, while that waits.</summary>
public sealed class WhoIsBeingForgotten : IAsyncLifetime
{
    private static readonly Consent _consent = new("7", "I agree.", "find the child", DateTimeOffset.UnixEpoch);

    private RecognitionHost _host = null!;
    private ParticipantId _mother;
    private ParticipantId _leaving;
    private PersonId _maya;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false);
        _mother = await _host.ParentAsync("mother");
        _leaving = await _host.ParentAsync("leaving");
        _maya = await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        await _host.Database.WriteAsync(session => _host.Get<IErasures>().ForgetParticipantAsync(session, _leaving));
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Becomes_nobodys_guardian_and_registers_nobody()
    {
        Assert.False(await _host.Database.WriteAsync(session => _host.Get<IRegistrations>().AddGuardianAsync(session, _maya, _leaving, _consent, WayToJoin.ShareCode)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _host.RegisterAsync("Noam", _leaving, RecognitionHost.Sample(2), 0));

        Assert.Equal("mother", await _host.ScalarAsync<string>("SELECT group_concat(participant_id) FROM guardians"));
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM persons"));
    }

    [Fact]
    public async Task Takes_no_child_of_another_family_along()
    {
        await _host.ExecuteAsync($"INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('{_maya}', 'leaving', 'guardian', 1)");
        for (var turn = 0; turn < 5 && await _host.ScalarAsync<string>("SELECT id FROM participants WHERE id = 'leaving'") is not null; turn++)
            await RunAllAsync();

        Assert.Null(await _host.ScalarAsync<string>("SELECT id FROM participants WHERE id = 'leaving'"));
        Assert.Equal("connected", await _host.ScalarAsync<string>("SELECT state FROM persons"));
        Assert.Equal("mother", await _host.ScalarAsync<string>("SELECT group_concat(participant_id) FROM guardians"));
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM collection_users"));
    }

    private async Task RunAllAsync()
    {
        while (await _host.TakeAsync() is { } message)
        {
            try
            {
                await _host.RunAsync(message);
            }
            catch (Atmosphere.Recognition.Messaging.TryLaterException)
            {
                await _host.Database.WriteAsync(session => _host.Get<Atmosphere.Recognition.Messaging.IOutbox>().SendAsync(session, message));
                return;
            }
        }
    }
}
