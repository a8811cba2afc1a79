using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <summary>Two whom nobody can tell apart, and one child of two parents, with real faces.</summary>
public sealed class WhoLooksLikeAnother : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_twin_of_another_family_is_registered_and_no_photo_of_either_is_sent_to_anybody()
    {
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var twin = await TwinAsync("Mia", await _host.ParentAsync("stranger"));
        Assert.Equal(RequestState.Granted, await AnswerAsync(await OpenAsync("mother"), "mother", RequestAnswer.Other));
        await Eventually.TrueAsync(
            () => _host.Said.Words.Any(word => word.StartsWith("like ", StringComparison.Ordinal)) && _host.Said.Words.Contains($"connected {twin} to stranger"),
            "Mia is learned, and both families are told");

        var status = await _host.PostAsync("one", RecognitionHost.Sample(2));

        Assert.Equal((0, 0, 0), (status.Recognised, status.Recipients, status.Sent));
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM faces WHERE verdict = 'uncertain'"));
        Assert.Empty(_host.Parents.Got);
    }

    [Fact]
    public async Task A_stranger_who_says_that_it_is_another_child_changes_nothing_for_the_first_before_somebody_agrees()
    {
        var maya = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var learned = await _host.ScalarAsync<int>("SELECT COUNT(*) FROM collection_faces");
        var twin = await TwinAsync("Mia", await _host.ParentAsync("stranger"));

        await _host.PostAsync("one", RecognitionHost.Sample(2));
        Assert.Equal("mother", Assert.Single(_host.Parents.Got).To.Value);
        Assert.Equal((0, learned), (await _host.ScalarAsync<int>("SELECT COUNT(*) FROM look_alikes"), await _host.ScalarAsync<int>("SELECT COUNT(*) FROM collection_faces")));

        var request = await OpenAsync("mother");
        Assert.Null(await AnswerAsync(request, "stranger", RequestAnswer.Other));
        Assert.Equal(RequestState.Refused, await AnswerAsync(request, "mother", RequestAnswer.Refuse));
        await UndoTimePassesAsync();
        await Eventually.TrueAsync(async () => await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM persons WHERE id = '{twin}'") == 0, "nothing of Mia is left");
        Assert.Equal((0, 0), (await _host.ScalarAsync<int>("SELECT COUNT(*) FROM enrolment_photos"), await _host.FilesAsync(MediaBucket.Training)));
        Assert.Equal(0, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM guardians WHERE person_id <> '{maya}'"));
    }

    [Fact]
    public async Task Where_the_group_has_a_teacher_the_teacher_is_asked_and_not_the_other_family()
    {
        _ = await _host.ParentAsync("teacher");
        await _host.ExecuteAsync("UPDATE groups SET teacher_id = 'teacher' WHERE id = 'class'");
        await _host.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE id = 'teacher'");
        var maya = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var twin = await TwinAsync("Mia", await _host.ParentAsync("stranger"));
        Assert.Empty(await _host.Database.ReadAsync(session => RequestTable.OpenAsync(session, new ParticipantId("mother"))));

        Assert.Equal(RequestState.Granted, await AnswerAsync(await OpenAsync("teacher"), "teacher", RequestAnswer.Other));

        await Eventually.TrueAsync(
            () => _host.Said.Words.Contains($"like {maya}") && _host.Said.Words.Contains($"connected {twin} to stranger"), "Mia is learned, and the mother told");
        Assert.Equal(2, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM look_alikes"));
    }

    [Fact]
    public async Task A_face_that_clearly_leads_is_still_a_question_while_its_look_alike_is_registered()
    {
        var maya = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var ben = await _host.ConnectAsync("Ben", await _host.ParentAsync("father"), RecognitionHost.Sample(2), 0);
        await _host.Database.WriteAsync(session => LookAlikes.AddAsync(session, ben, maya));

        Assert.Equal(0, (await _host.PostAsync("one", RecognitionHost.Sample(2))).Recipients);

        // When one of the two is gone, the other is easy to know again.
        await _host.ExecuteAsync($"UPDATE persons SET state = 'failed' WHERE id = '{ben}'");
        await _host.PostAsync("two", RecognitionHost.Sample(2));
        Assert.Equal("mother", Assert.Single(_host.Parents.Got).To.Value);
    }

    [Fact]
    public async Task A_third_who_looks_like_one_of_two_looks_like_both()
    {
        var (a, b, c) = (new PersonId("a"), new PersonId("b"), new PersonId("c"));
        await _host.Database.WriteAsync(async session =>
        {
            await LookAlikes.AddAsync(session, b, a);
            await LookAlikes.AddAsync(session, c, b);
            await LookAlikes.AddAsync(session, c, b);
        });

        Assert.Equal(6, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM look_alikes"));
    }

    [Fact]
    public async Task The_owner_is_asked_and_their_yes_makes_the_second_parent_a_guardian_with_a_consent_of_their_own()
    {
        var maya = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var request = await AskedAsync(maya, "father", "Majka");
        Assert.Equal((RequestKind.LookAlike, "father", "mother"), (request.Kind, request.From.Value, request.To.Value));
        Assert.InRange(request.Number, 1000, 9999);
        Assert.DoesNotContain(await OfAsync("father"), child => child.Role == "guardian");

        Assert.Null(await AnswerAsync(request, "father", RequestAnswer.Same));
        Assert.Null(await AnswerAsync(request, "somebody", RequestAnswer.Same));
        Assert.Equal(RequestState.Granted, await AnswerAsync(request, "mother", RequestAnswer.Same));
        Assert.Null(await AnswerAsync(request, "mother", RequestAnswer.Refuse));

        Assert.Contains(await OfAsync("father"), child => child.Role == "guardian" && child.Person == maya);
        Assert.Equal("1", await _host.ScalarAsync<string>("SELECT version FROM consents WHERE participant_id = 'father' AND purpose <> '' AND person_id = '" + maya + "'"));
        await _host.PostAsync("one", RecognitionHost.Sample(2));
        Assert.Equal(["father", "mother"], _host.Parents.Got.Select(notice => notice.To.Value).Order());
    }

    [Fact]
    public async Task Whoever_left_the_group_meanwhile_does_not_become_guardian()
    {
        var maya = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var request = await AskedAsync(maya, "father", "Maya");
        await _host.ExecuteAsync("DELETE FROM group_participants");

        Assert.Equal(RequestState.Granted, await AnswerAsync(request, "mother", RequestAnswer.Same));

        Assert.DoesNotContain(await OfAsync("father"), child => child.Role == "guardian");
        Assert.Equal("refused", await _host.ScalarAsync<string>("SELECT state FROM requests WHERE kind = 'guardian'"));
    }

    [Fact]
    public async Task Who_was_refused_cannot_ask_again_and_again()
    {
        var maya = await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        var request = await AskedAsync(maya, "father", "Maya");
        Assert.Equal(RequestState.Refused, await AnswerAsync(request, "mother", RequestAnswer.Refuse));
        await UndoTimePassesAsync();
        await Eventually.TrueAsync(async () => await _host.ScalarAsync<int>("SELECT COUNT(*) FROM held_faces") == 0, "the refusal takes effect");

        var again = await _host.RegisterAsync("Maya", new ParticipantId("father"), RecognitionHost.Sample(2), 1);

        await Eventually.TrueAsync(() => _host.Said.Words.Contains($"waits {again}"), "the face is held");
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM requests WHERE state = 'open'"));
        Assert.Single(_host.Said.Words, word => word.StartsWith("asked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_parent_is_not_asked_about_their_own_children()
    {
        var mother = await _host.ParentAsync("mother");
        await _host.ConnectAsync("Maya", mother, RecognitionHost.Sample(2), 1);
        var second = await _host.ConnectAsync("Mia", mother, RecognitionHost.Sample(2), 1);

        Assert.Contains($"not connected {second}: {NotConnectedReason.LooksLikeOwn}", _host.Said.Words);
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM requests"));
    }

    private async Task<Request> AskedAsync(PersonId person, string asker, string name)
    {
        var waiting = await _host.RegisterAsync(name, await _host.ParentAsync(asker), RecognitionHost.Sample(2), 1);
        var id = $"look-alike-{waiting}-mother";
        await Eventually.TrueAsync(() => _host.Said.Words.Contains($"asked {id}"), $"the owner of {person} is asked");
        return (await _host.Database.ReadAsync(session => RequestTable.FindAsync(session, id)))!;
    }

    private Task UndoTimePassesAsync() => _host.Database.WriteAsync(async session =>
    {
        await session.ExecuteAsync("UPDATE held_faces SET decided_at = decided_at - 3600000");
        await _host.Get<IOutbox>().SendAsync(session, new Atmosphere.Recognition.Messages.LookAfterRequests(DateTimeOffset.UnixEpoch));
    });

    private Task<RequestState?> AnswerAsync(Request request, string by, RequestAnswer answer) =>
        _host.Database.WriteAsync(session => _host.Get<IRequests>().AnswerAsync(session, request.Id, new ParticipantId(by), answer));

    private Task<IReadOnlyList<RegisteredPerson>> OfAsync(string parent) =>
        _host.Database.ReadAsync(session => _host.Get<IRegistrations>().OfAsync(session, new ParticipantId(parent)));

    private async Task<Request> OpenAsync(string of) =>
        Assert.Single(await _host.Database.ReadAsync(session => RequestTable.OpenAsync(session, new ParticipantId(of))));

    private async Task<PersonId> TwinAsync(string name, ParticipantId parent)
    {
        var pixels = _host.Get<PhotoDecoder>().Decode(RecognitionHost.Sample(2), "photo");
        var box = (await _host.Get<IFaceEngine>().DetectAsync(pixels, DetectionPlan.Portrait, default))[1].Box;
        var media = await _host.Media.PutAsync(MediaBucket.Training, RecognitionHost.Sample(2), "image/jpeg", default);
        var person = PersonId.New();
        await _host.Database.WriteAsync(session => _host.Get<IRegistrations>().BeginAsync(
            session, new NewPerson(person, name, parent, RecognitionHost.Class, "1", "I agree.", [new EnrolmentPhoto(media, box)]) { LookAlike = true }));
        await Eventually.TrueAsync(() => _host.Said.Words.Any(word => word.Contains($"look-alike-{person}", StringComparison.Ordinal)), $"somebody is asked about {name}");
        return person;
    }
}
