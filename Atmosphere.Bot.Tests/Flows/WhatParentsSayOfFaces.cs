using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>"Not my child" and "this is my child": one takes a name from a face for ever, the other is a vote; and nobody speaks for another family.</summary>
public sealed class WhatParentsSayOfFaces : IAsyncLifetime
{
    private readonly RecordingColleagues _colleagues = new() { Listening = false };
    private RecognitionHost _host = null!;
    private ParticipantId _mother;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false, adjust: services => services.AddSingleton<IColleagues>(_colleagues));
        _mother = await _host.ParentAsync("mother");
        _ = await _host.ParentAsync("father");
        _ = await _host.ParentAsync("stranger");
        await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        await _host.RunQueuedAsync();
        await _host.ExecuteAsync(
            """
            INSERT INTO guardians (person_id, participant_id, role, since) SELECT id, 'father', 'guardian', 0 FROM persons;
            INSERT INTO consents (person_id, participant_id, version, text, given_at) SELECT id, 'father', '1', 'I agree.', 0 FROM persons;
            UPDATE participants SET album = 'daily' WHERE id = 'father';
            """);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        await _host.RunQueuedAsync();
        Assert.Equal("mother:sent,father:pending", await StatesAsync());
        _colleagues.Listening = true;
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Not_my_child_takes_the_name_the_link_and_the_photo_that_waits_for_the_other_guardian()
    {
        var photo = (await FindAsync(_mother))!;
        Assert.True(await RefuseAsync(_mother, photo.Faces[0]));
        await _host.RunQueuedAsync();

        Assert.Equal("mother:sent,father:withheld", await StatesAsync());
        Assert.Empty((await FindAsync(_mother))!.Faces);
        foreach (var delivery in await _host.Database.ReadAsync(session => session.QueryAsync<DeliveryId>("SELECT id FROM media_distributions")))
            Assert.False(await _host.MaySeeAsync(delivery));
        Assert.Equal("nobody", await _host.ScalarAsync<string>($"SELECT verdict FROM faces WHERE id = '{photo.Faces[0].Face}'"));
        Assert.Contains(_colleagues.Asked, question => question is { Kind: QuestionKind.Check, About.Name: "Maya" });
    }

    [Fact]
    public async Task A_search_that_comes_later_does_not_suggest_the_child_again()
    {
        var face = (await FindAsync(_mother))!.Faces[0];
        await RefuseAsync(_mother, face);
        await _host.Database.WriteAsync(session => Atmosphere.Recognition.Faces.FaceSearches.PutAsync(
            session, face.Photo, face.Face,
            new Atmosphere.Recognition.Faces.FaceSearch([new Atmosphere.Recognition.Faces.UserMatch(face.Person, 99)], Atmosphere.Recognition.Faces.MatchVerdict.Named)
            {
                NearEnough = true,
                CollectionVersion = long.MaxValue,
            }));

        Assert.Equal(0, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM candidates WHERE face_id = '{face.Face}'"));
        Assert.Equal("nobody", await _host.ScalarAsync<string>($"SELECT verdict FROM searches WHERE face_id = '{face.Face}'"));
    }

    [Fact]
    public async Task Nobody_speaks_for_the_child_of_another_family()
    {
        var photo = (await FindAsync(_mother))!;
        var stranger = new ParticipantId("stranger");
        Assert.Null(await FindAsync(stranger));
        Assert.Null(await _host.Database.ReadAsync(session => _host.Get<IDeliveredPhotos>().FindAgainAsync(session, stranger, photo.Photo)));
        Assert.False(await RefuseAsync(stranger, photo.Faces[0]));
        var vote = new ForwardedPhoto(ForwardedOutcome.Found, photo.Photo, photo.Faces[0].Face);
        Assert.False(await _host.Database.WriteAsync(session => _host.Get<IForwardedPhotos>().VoteAsync(session, stranger, photo.Faces[0].Person, vote)));

        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM face_tags"));
        Assert.Equal("mother:sent,father:pending", await StatesAsync());
    }

    [Fact]
    public async Task A_reply_to_a_message_is_about_that_photo_and_a_message_of_somebody_else_is_about_none()
    {
        await _host.ExecuteAsync("UPDATE media_distributions SET vendor_id = 'SM' || participant_id, state = 'delivered'");
        var photos = _host.Get<IDeliveredPhotos>();
        Assert.NotNull(await _host.Database.ReadAsync(session => photos.FindAsync(session, _mother, "SMmother")));
        Assert.Null(await _host.Database.ReadAsync(session => photos.FindAsync(session, _mother, "SMfather")));
    }

    [Fact]
    public async Task A_missed_photo_becomes_a_vote_that_colleagues_see_and_teaches_nothing()
    {
        var face = (await FindAsync(_mother))!.Faces[0];
        var learned = await _host.ScalarAsync<int>("SELECT COUNT(*) FROM collection_faces");
        await _host.ExecuteAsync($"UPDATE faces SET verdict = 'uncertain' WHERE id = '{face.Face}'");
        var forwarded = await _host.Media.PutAsync(MediaBucket.Training, RecognitionHost.Sample(2), "image/jpeg", default);
        var photos = _host.Get<IForwardedPhotos>();
        var found = await photos.LookAsync(forwarded, "photo", face.Person, default);
        Assert.Equal((ForwardedOutcome.Found, face.Face), (found.Outcome, found.Face));
        for (var time = 0; time < 2; time++)
            Assert.True(await _host.Database.WriteAsync(session => photos.VoteAsync(session, _mother, face.Person, found)));
        await _host.RunQueuedAsync();

        Assert.Equal("is", await _host.ScalarAsync<string>("SELECT verdict FROM face_tags"));
        Assert.Equal("uncertain", await _host.ScalarAsync<string>($"SELECT verdict FROM faces WHERE id = '{face.Face}'"));
        Assert.Equal(learned, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM collection_faces"));
        Assert.Single(_colleagues.Asked, question => question.Kind == QuestionKind.Check);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("2", 1)]
    public async Task The_learned_face_is_kept_where_the_consent_speaks_of_it(string version, int portraits)
    {
        var parent = await _host.ParentAsync("other");
        var person = await _host.RegisterAsync("Ben", parent, RecognitionHost.Sample(2), 0);
        await _host.ExecuteAsync($"UPDATE consents SET version = '{version}' WHERE person_id = '{person}'");
        await _host.RunAsync(new Atmosphere.Recognition.Messages.ConnectPerson(person));

        Assert.Equal(portraits, await _host.FilesAsync(MediaBucket.Portraits));
        Assert.Equal(portraits, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM persons WHERE id = '{person}' AND portrait LIKE 'portraits/%'"));
    }

    private Task<DeliveredPhoto?> FindAsync(ParticipantId who) => _host.Database.ReadAsync(session => _host.Get<IDeliveredPhotos>().FindAsync(session, who, null));

    private Task<bool> RefuseAsync(ParticipantId who, NamedFace face) =>
        _host.Database.WriteAsync(session => _host.Get<IDeliveredPhotos>().RefuseAsync(session, who, face));

    private Task<string?> StatesAsync() => _host.ScalarAsync<string>(
        "SELECT group_concat(d, ',') FROM (SELECT participant_id || ':' || state AS d FROM media_distributions ORDER BY participant_id DESC)");
}
