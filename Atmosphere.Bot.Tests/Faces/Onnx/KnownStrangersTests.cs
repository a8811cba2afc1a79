using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Bot.Tests.Faces.Onnx;

/// <summary>A face is not named if somebody who is known not to be that person is as near.</summary>
public sealed class KnownStrangersTests : IAsyncLifetime
{
    private const string Model = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly CollectionsFixture _fixture = new();
    private readonly CollectionId _class = new("class");
    private OnnxFaceCollections _collections = null!;

    public async ValueTask InitializeAsync()
    {
        _collections = _fixture.Open(Model);
        await _collections.CreateCollectionAsync(_class, default);
        await _collections.CreateUserAsync(_class, new PersonId("maya"), default);
        await _collections.IndexFacesAsync(_class, [new FaceToIndex(new FaceId("own"), At(0, 0))], default);
        await _collections.AssociateFacesAsync(_class, new PersonId("maya"), [new FaceId("own")], default);
        await ExecuteAsync(
            """
            INSERT INTO groups (id, name, created_at) VALUES ('class', 'Class', 1);
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'class', 'Maya', 'connected', 100);
            INSERT INTO photos (id, group_id, source_id, file_name, state, received_at) VALUES ('photo', 'class', 's', 'f.jpg', 'processed', 1);
            """);
        Assert.Equal(MatchVerdict.Named, await VerdictAsync());
    }

    public ValueTask DisposeAsync()
    {
        _collections.Dispose();
        _fixture.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("nobody", 0.32f, 200, MatchVerdict.Uncertain)] // hardly further away than Maya
    [InlineData("visitor", 0.10f, 200, MatchVerdict.Uncertain)]
    [InlineData("nobody", 0.40f, 200, MatchVerdict.Named)] // clearly behind
    [InlineData("cannot-tell", 0.10f, 200, MatchVerdict.Named)] // nobody knows
    [InlineData("nobody", 0.10f, 50, MatchVerdict.Named)] // Maya was not registered yet: it may have been her
    public async Task Who_colleagues_said_is_nobody_is_a_rival(string answer, float distance, int decidedAt, MatchVerdict expected)
    {
        await SeeAsync("stranger", distance);
        await ExecuteAsync(
            $"""
            INSERT INTO questions (id, group_id, kind, face_id, photo_id, state, answer, asked_at, changed_at, decided_at)
            VALUES ('q', 'class', 'who', 'stranger', 'photo', 'decided', '{answer}', 1, 1, {decidedAt})
            """);
        Assert.Equal(expected, await VerdictAsync());
    }

    [Theory]
    [InlineData(1, "maya", MatchVerdict.Named)] // one voice may be mistaken, or a guardian's about one photo
    [InlineData(2, "maya", MatchVerdict.Uncertain)]
    [InlineData(2, "noa", MatchVerdict.Named)]
    public async Task A_face_that_two_voices_refused_is_a_rival(int voices, string person, MatchVerdict expected)
    {
        await SeeAsync("refused", 0.10f);
        for (var i = 0; i < voices; i++)
            await ExecuteAsync($"INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES ('refused', 'participant:{i}', 'is-not', '{person}', 1)");
        Assert.Equal(expected, await VerdictAsync());
    }

    private Task<int> ExecuteAsync(string sql) => _fixture.Database.WriteAsync(session => session.ExecuteAsync(sql));

    /// <summary>A face 0.3 away from Maya's.</summary>
    private async Task<MatchVerdict> VerdictAsync() => (await _collections.SearchUsersByImageAsync(_class, At(0.3f, 1), default)).Verdict;

    /// <summary>A face at a distance from the one that is searched, on the other side of Maya.</summary>
    private Task<int> SeeAsync(string face, float distance) => _fixture.Database.WriteAsync(session => session.ExecuteAsync(
        "INSERT INTO embeddings (face_id, photo_id, model, vector, mirror_distance) VALUES (@face, 'photo', @model, @vector, 0)",
        new { face, model = Model, vector = Beside(distance).ToBytes() }));

    private static Embedding At(float distance, int axis)
    {
        var (values, along) = (new float[4], 1 - (distance * distance / 2));
        values[axis] = MathF.Sqrt(1 - (along * along));
        values[0] = along;
        return Embedding.FromValues(values);
    }

    private static Embedding Beside(float distance)
    {
        var (values, along) = (At(0.3f, 1).Values.ToArray(), 1 - (distance * distance / 2));
        for (var i = 0; i < values.Length; i++)
            values[i] *= along;
        values[3] = MathF.Sqrt(1 - (along * along));
        return Embedding.FromValues(values);
    }
}
