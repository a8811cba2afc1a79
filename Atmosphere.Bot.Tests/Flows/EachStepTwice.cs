using System.Text.Json;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>Deliveries repeat, effects do not: every step of every flow gets its message twice, and the second time changes nothing.</summary>
public sealed class EachStepTwice : IAsyncLifetime
{
    private readonly HashSet<Type> _handled = [];
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false, settings: [("Atmosphere:Tagging:LeastSimilarity", "0"), ("Atmosphere:Distribution:Reposts", "00:00:00")]);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_second_time_changes_no_row_no_file_and_sends_nothing()
    {
        var parent = await _host.ParentAsync("mother");
        var maya = await _host.RegisterAsync("Maya", parent, RecognitionHost.Sample(2), 1);
        await TwiceAsync(new Atmosphere.Recognition.Messages.ConnectPerson(maya));
        await TwiceAsync(new GiveUpPerson(await _host.RegisterAsync("Ben", parent, RecognitionHost.Sample(2), 0), NotConnectedReason.CouldNotLearn));
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "wall", "wall.jpg", RecognitionHost.Wall, default);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "damaged", "damaged.jpg", RecognitionHost.Sample(2).AsMemory(0, 20_000), default, parent);

        await TwiceAllAsync();

        // Said by a channel.
        var delivery = (await _host.ScalarAsync<string>("SELECT id FROM media_distributions LIMIT 1"))!;
        await _host.ExecuteAsync($"UPDATE media_distributions SET vendor_id = 'SM1' WHERE id = '{delivery}'");
        await TwiceAsync(new DeliveryReported(new(delivery), "SM1", DeliveryStatus.Delivered, null));

        // What parents say and wish later on.
        await WishAsync(parent);

        // Deleted by its author for everyone.
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "withdrawn", "withdrawn.jpg", RecognitionHost.Sample(4), default);
        await TwiceAllAsync();
        await _host.Database.WriteAsync(session => _host.Photos.WithdrawAsync(session, RecognitionHost.Class, "withdrawn"));
        await TwiceAllAsync();

        // What a teacher would look at before the first photos are sent.
        await _host.ExecuteAsync("UPDATE groups SET checks_matches = 1");
        await TwiceAsync(new CheckFirstMatches(maya));
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM held_faces WHERE kind = 'matches'"));
        await _host.ExecuteAsync("UPDATE groups SET checks_matches = 0");

        // Asked for by timers, not by another message.
        await TwiceAsync(new RunRetention(DateTimeOffset.UnixEpoch));
        await TwiceAsync(new RunSweep(DateTimeOffset.UnixEpoch));
        await TwiceAsync(new LookAfterRequests(DateTimeOffset.UnixEpoch));

        await ReportAsync();
        await LearnFromTagsAsync(maya);
        await TagAsync(maya);
        await BeForgottenAsync(maya, parent);

        var tables = FlowDiagrams.Tables.Where(table => table.Steps[0].StepType.Assembly == typeof(IMessage).Assembly);
        Assert.All(tables.SelectMany(table => table.Steps), row => Assert.Contains(row.MessageType, _handled));
        Assert.Equal(["photo.album-of-one", "photo.delivered", "photo.refused-damaged"], _host.Parents.Got.Select(notice => notice.Text).Distinct().Order());
        Assert.Equal(4, _host.Parents.Got.Select(notice => notice.Delivery).Distinct().Count());
    }

    /// <summary>Another photo of the group waits for the evening; the parent says that it shows somebody else, and adds a photo.</summary>
    private async Task WishAsync(ParticipantId parent)
    {
        await _host.ExecuteAsync("UPDATE participants SET album = 'daily'; UPDATE photos SET received_at = received_at - 3600000; DELETE FROM exif");
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "two", "two.jpg", RecognitionHost.Sample(2), default);
        await TwiceAllAsync();
        await _host.ExecuteAsync("UPDATE media_distributions SET created_at = 0 WHERE album = 'waiting'");
        await TwiceAsync(new GatherAlbums(DateTimeOffset.UnixEpoch));
        await TwiceAllAsync();

        var photos = _host.Get<IDeliveredPhotos>();
        await _host.Database.WriteAsync(async session =>
        {
            var photo = (await photos.FindAsync(session, parent, null))!;
            Assert.True(await photos.RefuseAsync(session, parent, photo.Faces[0]));
            Assert.False(await photos.RefuseAsync(session, parent, photo.Faces[0]));
        });
        await _host.TeachAsync(parent, RecognitionHost.Sample(2), 1);
        await TwiceAllAsync();

        // A face that is not clearly the child's waits until an operator allows it.
        await _host.TeachAsync(parent, RecognitionHost.Sample(4), 0);
        await TwiceAllAsync();
        var held = new FaceId((await _host.ScalarAsync<string>("SELECT id FROM held_faces"))!);
        await TwiceAsync(new HeldFaceVoted(held, "slack:U1", Same: true));
        await _host.ExecuteAsync("UPDATE held_faces SET state = 'allowed'");
        await TwiceAsync(new LearnHeldFace(new PersonId((await _host.ScalarAsync<string>("SELECT person_id FROM held_faces"))!), held));
        await TwiceAllAsync();
    }

    /// <summary>A report is due; its mail was on its way when the program ended.</summary>
    private async Task ReportAsync()
    {
        await _host.ExecuteAsync(
            """
            INSERT INTO report_subscribers (id, group_id, address, address_hash, language, rhythm, state, created_at) VALUES ('s', 'class', '', '', 'en', 'both', 'confirmed', 0);
            """);
        await TwiceAsync(new GenerateReport(TimeProvider.System.GetUtcNow().AddDays(-10)));
        Assert.NotEqual(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM reports"));
        var report = new ReportId((await _host.ScalarAsync<string>("SELECT id FROM reports LIMIT 1"))!);
        await TwiceAsync(new ReportGenerated(report, RecognitionHost.Class));
        await _host.ExecuteAsync("UPDATE mails SET state = 'sending'");
        await TwiceAllAsync();
        Assert.Equal("unknown", await _host.ScalarAsync<string>("SELECT state FROM mails"));
    }

    /// <summary>Colleagues named a face and take that back; another one that they taught is gone through in the night.</summary>
    private async Task LearnFromTagsAsync(PersonId person)
    {
        await _host.ExecuteAsync(
            $"""
            INSERT INTO questions (id, group_id, kind, face_id, photo_id, about_id, state, answer, person_id, asked_at, changed_at)
            SELECT 'told', 'class', 'identified', id, photo_id, person_id, 'decided', 'person', person_id, 1, 1 FROM faces WHERE verdict = 'named' LIMIT 1;
            INSERT INTO trained_faces (face_id, person_id, question_id, state, at) SELECT face_id, user_id, 'asked', 'sent', 1 FROM collection_faces LIMIT 1;
            """);
        await TwiceAsync(new FaceIdentificationUndone(new QuestionId("told"), person, "slack:U1"));
        await TwiceAsync(new PersonUntaught(person, RecognitionHost.Class, DateTimeOffset.UnixEpoch));
        await TwiceAsync(new PhotoOvertaken(new PhotoId((await _host.ScalarAsync<string>("SELECT id FROM photos WHERE source_id = 'one'"))!), RecognitionHost.Class));
        await TwiceAsync(new StartTrainings(new DateTimeOffset(2020, 1, 1, 3, 0, 0, TimeSpan.Zero)));
        await TwiceAllAsync();
    }

    /// <summary>Two colleagues say who somebody is; about somebody else the engine refuses what they say.</summary>
    private async Task TagAsync(PersonId person)
    {
        var questions = await _host.Database.ReadAsync(session => session.QueryAsync<QuestionId>("SELECT id FROM questions WHERE state = 'asked' AND kind <> 'identified' ORDER BY id"));
        await TwiceAsync(new FaceTagReceived(questions[0], "slack:U1", TagAnswer.Person, person));
        await TwiceAsync(new FaceTagReceived(questions[0], "slack:U2", TagAnswer.Person, person));
        await TwiceAllAsync();
        await TwiceAsync(new FaceTrainingSent(questions[0]));
        await TwiceAsync(new FaceTrainingRefused(questions[^1], "tagging.refused-by-engine"));
        await TwiceAsync(new LookAfterQuestions(DateTimeOffset.UnixEpoch));
        await TwiceAllAsync();
    }

    private async Task BeForgottenAsync(PersonId child, ParticipantId parent)
    {
        var erasures = _host.Get<Atmosphere.Recognition.Flows.Persons.IErasures>();
        await _host.Database.WriteAsync(session => erasures.RemovePersonAsync(session, child, parent));
        await TwiceAllAsync();
        await _host.ParentAsync("visitor");
        await _host.Database.WriteAsync(session => erasures.ForgetParticipantAsync(session, new ParticipantId("visitor")));
        await TwiceAllAsync();
        await _host.Database.WriteAsync(session => erasures.EndGroupAsync(session, RecognitionHost.Class));
        await TwiceAllAsync();
    }

    private async Task TwiceAllAsync()
    {
        while (await _host.TakeAsync() is { } message)
            await TwiceAsync(message);
    }

    private async Task TwiceAsync(IMessage message)
    {
        _handled.Add(message.GetType());
        await _host.RunAsync(message);
        var once = await EverythingAsync();
        await _host.RunAsync(message);
        Assert.Equal(once, await EverythingAsync());
    }

    private async Task<string> EverythingAsync()
    {
        var tables = await _host.Database.ReadAsync(session => session.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));
        var all = new List<string>();
        foreach (var table in tables)
        {
            var rows = await _host.Database.ReadAsync(session => session.QueryAsync<object>($"SELECT * FROM {table}"));
            all.Add($"{table}: {JsonSerializer.Serialize(rows)}");
        }

        foreach (var bucket in Enum.GetValues<MediaBucket>())
            all.Add($"{bucket}: {string.Join(' ', (await _host.Media.ListAsync(bucket, default)).Select(file => file.Key))}");
        return string.Join('\n', all);
    }
}
