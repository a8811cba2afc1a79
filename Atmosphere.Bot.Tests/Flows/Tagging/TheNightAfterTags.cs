using Atmosphere.Bot.Tests.Flows.Identify;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Learning;
using StartTraining = Atmosphere.Recognition.Messages.StartTraining;
using StartTrainings = Atmosphere.Recognition.Messages.StartTrainings;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>At three in the morning what tags taught is gone through: what does not fit is dropped, and colleagues are told.</summary>
public sealed class TheNightAfterTags : IAsyncLifetime
{
    // The clock of the tests stands at 8:00 UTC.
    private static readonly DateTimeOffset _day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private ClassWithTags _class = null!;
    private PersonId _maya;
    private FaceId _right;
    private FaceId _wrong;

    public async ValueTask InitializeAsync()
    {
        _class = await ClassWithTags.StartAsync();
        await _class.Host.ExecuteAsync("UPDATE groups SET time_zone = 'Asia/Jerusalem'");
        var (one, two) = (await _class.PostAndRunAsync("one", 80), await _class.PostAndRunAsync("two", 70));
        _maya = await _class.RegisterMayaAsync();
        (_right, _wrong) = (await _class.FaceAsync(one, ClassWithTags.Maya), await _class.FaceAsync(two, 0));
    }

    public async ValueTask DisposeAsync() => await _class.DisposeAsync();

    [Fact]
    public async Task It_is_three_in_the_place_of_the_group_and_the_outlier_goes_and_colleagues_are_told()
    {
        await _class.TeachAsync(_right, _maya, QuestionId.New());
        await _class.TeachAsync(_wrong, _maya, QuestionId.New());

        // Three in UTC is five in Jerusalem.
        await _class.Host.RunAsync(new StartTrainings(_day.AddHours(3)));
        Assert.Equal(0, await _class.WaitingAsync<StartTraining>());
        for (var time = 0; time < 2; time++)
            await _class.Host.RunAsync(new StartTrainings(_day.AddHours(1)));
        Assert.Equal(1, await _class.WaitingAsync<StartTraining>());
        await _class.RunQueuedAsync();

        Assert.Equal(0, await _class.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM collection_faces WHERE face_id = '{_wrong}'"));
        Assert.Equal("dropped", await _class.Host.ScalarAsync<string>($"SELECT state FROM trained_faces WHERE face_id = '{_wrong}'"));
        Assert.Equal("sent", await _class.Host.ScalarAsync<string>($"SELECT state FROM trained_faces WHERE face_id = '{_right}'"));
        Assert.Equal(2, await _class.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM collection_faces WHERE user_id = '{_maya}'"));
        Assert.Contains("1 faces kept, 1 dropped", await _class.Host.ScalarAsync<string>("SELECT text FROM notifications WHERE kind = 'trained'"), StringComparison.Ordinal);
        var told = Assert.Single(_class.Colleagues.Told).Notice;
        Assert.Equal(("slack.training-report", "The class", "1", "1"), (told.Text, told.Values["group"], told.Values["learned"], told.Values["dropped"]));

        _class.Clock.Advance(TimeSpan.FromDays(1));
        await _class.Host.RunAsync(new StartTrainings(_day.AddHours(25)));
        await _class.Host.RunAsync(new StartTraining(RecognitionHost.Class));
        await _class.RunQueuedAsync();
        _ = Assert.Single(_class.Colleagues.Told);
    }

    [Fact]
    public async Task Without_new_tags_nothing_happens()
    {
        await _class.Host.RunAsync(new StartTrainings(_day.AddHours(1)));
        await _class.Host.RunAsync(new StartTraining(RecognitionHost.Class));

        Assert.Equal(0, await _class.Host.ScalarAsync<int>("SELECT COUNT(*) FROM messages"));
        Assert.Empty(_class.Colleagues.Told);
    }

    [Fact]
    public async Task A_crash_after_the_engine_has_dropped_a_face_does_not_hide_that()
    {
        await _class.TeachAsync(_right, _maya, QuestionId.New());
        await _class.TeachAsync(_wrong, _maya, QuestionId.New());
        await _class.Host.WorkInVainAsync(new StartTraining(RecognitionHost.Class));
        await _class.Host.RunAsync(new StartTraining(RecognitionHost.Class));
        await _class.RunQueuedAsync();

        Assert.Equal("1", Assert.Single(_class.Colleagues.Told).Notice.Values["dropped"]);
        Assert.Equal("dropped", await _class.Host.ScalarAsync<string>($"SELECT state FROM trained_faces WHERE face_id = '{_wrong}'"));
    }

    [Fact]
    public void Faces_of_a_registration_stay_and_at_least_one_face_stays()
    {
        var (a, b) = (Vector(0), Vector(1));
        var (registered, near, far) = (new FaceId("registered"), new FaceId("near"), new FaceId("far"));

        Assert.Equal([far], Outliers.Of([(registered, a), (near, a), (far, b)], new HashSet<FaceId> { near, far }, 0.45f).Outliers);
        var (gone, doubtful) = Outliers.Of([(registered, b), (near, a), (far, a), (new FaceId("third"), a)], new HashSet<FaceId> { near, far, new("third") }, 0.45f);
        Assert.Empty(gone.Intersect([registered]));
        Assert.True(gone.Count < 4);
        Assert.Equal(gone.Count == 0 ? 1 : doubtful, doubtful);
        Assert.Equal([far], Outliers.Of([(near, a), (far, b)], new HashSet<FaceId> { near, far }, 0.45f).Outliers);
        Assert.Empty(Outliers.Of([(far, b)], new HashSet<FaceId> { far }, 0.45f).Outliers);
    }

    private static Embedding Vector(int axis)
    {
        var values = new float[128];
        values[axis] = 1;
        return Embedding.FromBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }
}
