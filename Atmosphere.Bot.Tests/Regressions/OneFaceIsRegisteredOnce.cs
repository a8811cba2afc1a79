using Atmosphere.Bot.Channels.Telling;
using Atmosphere.Bot.Conversations.Notices;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>The same child registered by a second parent made every later photo uncertain: neither parent got one.</summary>
public sealed class OneFaceIsRegisteredOnce : IAsyncLifetime
{
    private readonly CollectionId _collection = CollectionId.Of(RecognitionHost.Class);
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_second_registration_of_a_face_waits_and_the_photos_go_on_to_the_first_parent()
    {
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var second = await _host.RegisterAsync("Somebody", await _host.ParentAsync("stranger"), RecognitionHost.Sample(2), 1);

        await Fixtures.Eventually.TrueAsync(() => _host.Said.Words.Contains($"waits {second}"), "somebody is asked");
        Assert.Single(await _host.Get<IFaceCollections>().ListFacesAsync(_collection, null, default));
        Assert.Equal("connecting", await _host.ScalarAsync<string>($"SELECT state FROM persons WHERE id = '{second}'"));

        var status = await _host.PostAsync("one", RecognitionHost.Sample(2));
        Assert.Equal((1, 1, 1), (status.Recognised, status.Recipients, status.Sent));
        Assert.Equal("mother", Assert.Single(_host.Parents.Got).To.Value);
    }

    [Fact]
    public async Task The_second_parent_is_told_that_nothing_is_kept_and_not_whether_the_face_is_known()
    {
        await using var host = await RecognitionHost.StartAsync(workers: false);
        var parent = await host.ParentAsync("father");
        var person = await host.RegisterAsync("Ben", parent, RecognitionHost.Sample(2), 1);

        var facts = new Facts(host.Database, host.Get<IRegistrations>(), Languages.Load(Fixtures.Dialogs.Folder));
        await new Tell<PersonNotConnected>(new(ConversationNotices.NotConnectedAsync), facts, host.Parents)
            .HandleAsync(new PersonNotConnected(person, parent, NotConnectedReason.LooksLikeAnother), default);

        var notice = Assert.Single(host.Parents.Got);
        var said = Sentences.Load(Fixtures.Dialogs.Folder, "en").Say(notice.Text, notice.Values);
        Assert.Equal("Ben is not registered, and nothing of it is kept. If that is a mistake, say \"ask a teacher\": then somebody who knows the group looks at it.", said);
    }

    [Fact]
    public async Task Another_child_of_the_same_photo_is_not_taken_for_the_first()
    {
        await _host.ConnectAsync("Anna", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 0);
        var second = await _host.ConnectAsync("Ben", await _host.ParentAsync("father"), RecognitionHost.Sample(2), 1);

        Assert.Contains($"connected {second} to father", _host.Said.Words);
    }

    [Fact]
    public async Task The_step_that_is_repeated_after_a_crash_does_not_take_the_person_for_somebody_else()
    {
        await using var host = await RecognitionHost.StartAsync(workers: false);
        var person = await host.RegisterAsync("Maya", await host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var message = new Atmosphere.Recognition.Messages.ConnectPerson(person);

        await host.WorkInVainAsync(message);
        Assert.Single(await host.Get<IFaceCollections>().ListFacesAsync(_collection, person, default));
        await host.RunAsync(message);

        Assert.Equal("connected", await host.ScalarAsync<string>("SELECT state FROM persons"));
    }
}
