using Atmosphere.Bot.Tests.Console;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>
/// However a group comes to be, a face that may be any of several children is asked about; only an operator who says that it shows adults changes
/// that. What goes through the doors of the channels is in <see cref="WhoGetsIn"/>.
/// </summary>
public sealed class EveryGroupIsOfChildren : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Database _database = null!;
    private Recognition.Storage.Groups _groups = null!;

    public async ValueTask InitializeAsync()
    {
        _database = new Database(_folder.Path);
        await Schema.Recognition.ApplyAsync(_database, TimeProvider.System);
        _groups = new Recognition.Storage.Groups(_database, TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_group_of_an_operator_or_of_a_station_is_one_of_children()
    {
        await _groups.AddAsync("blue", "Blue class");
        Assert.Equal(MatchVerdict.Uncertain, await VerdictAsync("blue"));
    }

    [Fact]
    public async Task A_group_that_a_chat_or_a_container_links_is_one_of_children()
    {
        await _database.WriteAsync(session => ChatGroups.AddAsync(
            session, new ChatGroup(new GroupId("wa-1"), "Chat", "whatsapp-container", "1", "en", null, DateTimeOffset.UnixEpoch, null)));
        Assert.Equal(MatchVerdict.Uncertain, await VerdictAsync("wa-1"));
    }

    [Fact]
    public async Task The_playground_is_one_of_children()
    {
        await _groups.EnsurePlaygroundAsync(new GroupId("class"), "Class", takesVisitors: true, default);
        Assert.Equal(MatchVerdict.Uncertain, await VerdictAsync("class"));
    }

    [Fact]
    public async Task A_collection_without_a_group_is_one_of_children() => Assert.Equal(MatchVerdict.Uncertain, await VerdictAsync("sorted"));

    [Fact]
    public async Task Only_an_operator_makes_it_one_of_adults_and_back_while_the_server_runs()
    {
        await _groups.AddAsync("staff", "Staff", kind: GroupKind.Adults);
        using var collections = await CollectionAsync("staff");
        Assert.Equal(MatchVerdict.Named, await VerdictAsync(collections, "staff"));
        await _groups.ChangeAsync(new GroupId("staff"), null, null, null, GroupKind.Children);
        Assert.Equal(MatchVerdict.Uncertain, await VerdictAsync(collections, "staff"));
    }

    private async Task<MatchVerdict> VerdictAsync(string group)
    {
        using var collections = await CollectionAsync(group);
        return await VerdictAsync(collections, group);
    }

    private static async Task<MatchVerdict> VerdictAsync(OnnxFaceCollections collections, string group) =>
        (await collections.SearchUsersByImageAsync(new CollectionId(group), At(0, 0), default)).Verdict;

    /// <summary>Four persons: the nearest one would be named among adults.</summary>
    private async Task<OnnxFaceCollections> CollectionAsync(string group)
    {
        var collections = new OnnxFaceCollections(_database, new FaceNaming(NamingRules.FaceApi), new string('a', 64));
        var id = new CollectionId(group);
        await collections.CreateCollectionAsync(id, default);
        foreach (var (distance, axis) in new[] { 0.30f, 0.40f, 0.42f, 0.43f }.Select((distance, i) => (distance, i + 1)))
        {
            var (person, face) = (new PersonId($"p{axis}"), FaceId.New());
            await collections.CreateUserAsync(id, person, default);
            await collections.IndexFacesAsync(id, [new FaceToIndex(face, At(distance, axis))], default);
            await collections.AssociateFacesAsync(id, person, [face], default);
        }

        return collections;
    }

    /// <summary>A unit vector at a distance from the first axis, towards another one.</summary>
    private static Embedding At(float distance, int axis)
    {
        var (values, along) = (new float[8], 1 - (distance * distance / 2));
        values[axis] = MathF.Sqrt(1 - (along * along));
        values[0] = along;
        return Embedding.FromValues(values);
    }
}
