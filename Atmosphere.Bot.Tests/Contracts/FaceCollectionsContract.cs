using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Tests.Contracts;

/// <summary>What every implementation of <see cref="IFaceCollections"/> promises.</summary>
public abstract class FaceCollectionsContract
{
    private static readonly PersonId _maya = new("maya");
    private static readonly PersonId _noam = new("noam");
    private static readonly CollectionId _class = new("class");

    protected abstract IFaceCollections Collections { get; }

    [Fact]
    public async Task A_face_of_a_user_is_named()
    {
        await GivenUserAsync(_maya, "m1");
        await GivenUserAsync(_noam, "n1");

        var search = await SearchAsync(Faces.Near(Faces.Of("m1"), 0.2f));

        Assert.Equal(MatchVerdict.Named, search.Verdict);
        Assert.Equal(_maya, search.Matches[0].User);
        Assert.InRange(search.Matches[0].Similarity, 90, 100);
    }

    [Fact]
    public async Task The_same_picture_has_a_similarity_of_100()
    {
        await GivenUserAsync(_maya, "m1");

        Assert.Equal(100, (await SearchAsync(Faces.Of("m1"))).Matches[0].Similarity, tolerance: 0.1f);
    }

    [Fact]
    public async Task Two_users_who_are_nearly_alike_are_not_named()
    {
        await GivenUserAsync(_maya, "m1");
        await GivenUserAsync(_noam, Faces.Near(Faces.Of("m1"), 0.05f));

        Assert.NotEqual(MatchVerdict.Named, (await SearchAsync(Faces.Near(Faces.Of("m1"), 0.3f, "elsewhere"))).Verdict);
    }

    [Fact]
    public async Task A_stranger_is_nobody()
    {
        await GivenUserAsync(_maya, "m1");

        Assert.Equal(MatchVerdict.Nobody, (await SearchAsync(Faces.Of("stranger"))).Verdict);
    }

    [Fact]
    public async Task An_empty_collection_knows_nobody()
    {
        await Collections.CreateCollectionAsync(_class, default);

        var search = await SearchAsync(Faces.Of("anyone"));

        Assert.Equal(MatchVerdict.Nobody, search.Verdict);
        Assert.Empty(search.Matches);
    }

    [Fact]
    public async Task At_most_five_users_are_matched_and_the_most_similar_comes_first()
    {
        for (var i = 1; i <= 8; i++)
            await GivenUserAsync(new PersonId($"user{i}"), Faces.Near(Faces.Of("m1"), 0.1f * i));

        var search = await SearchAsync(Faces.Of("m1"));

        Assert.Equal(["user1", "user2", "user3", "user4", "user5"], search.Matches.Select(match => match.User.Value));
        Assert.Equal(search.Matches.OrderByDescending(match => match.Similarity), search.Matches);
    }

    [Fact]
    public async Task A_user_is_found_by_all_of_its_faces_together()
    {
        await GivenUserAsync(_maya, "m1", "m2", "m3");

        var middle = Embedding.Mean([Faces.Of("m1"), Faces.Of("m2"), Faces.Of("m3")]);

        Assert.Equal(100, (await SearchAsync(middle)).Matches[0].Similarity, tolerance: 0.1f);
    }

    [Fact]
    public async Task Every_verb_can_be_repeated()
    {
        for (var times = 0; times < 2; times++)
        {
            await GivenUserAsync(_maya, "m1", "m2");
            Assert.Equal(2, (await ListAsync(_maya)).Count);
        }

        for (var times = 0; times < 2; times++)
            await Collections.DisassociateFacesAsync(_class, _maya, [new FaceId("m1")], default);
        Assert.Equal(["m2"], await ListAsync(_maya));

        for (var times = 0; times < 2; times++)
            await Collections.DeleteFacesAsync(_class, [new FaceId("m2")], default);
        for (var times = 0; times < 2; times++)
            await Collections.DeleteUserAsync(_class, _maya, default);
        Assert.Equal(["m1"], await ListAsync(null));

        for (var times = 0; times < 2; times++)
            await Collections.DeleteCollectionAsync(_class, default);
        await Assert.ThrowsAsync<CollectionNotFoundException>(() => SearchAsync(Faces.Of("m1")));
    }

    [Fact]
    public async Task A_known_face_is_left_as_it_is()
    {
        await GivenUserAsync(_maya, "m1");
        await Collections.IndexFacesAsync(_class, [new FaceToIndex(new FaceId("m1"), Faces.Of("other"))], default);

        Assert.Equal(100, (await SearchAsync(Faces.Of("m1"))).Matches[0].Similarity, tolerance: 0.1f);
    }

    [Fact]
    public async Task Faces_are_listed_in_the_order_they_were_indexed()
    {
        await Collections.CreateCollectionAsync(_class, default);
        foreach (var face in new[] { "z", "a", "k" })
            await IndexAsync(face, Faces.Of(face));

        Assert.Equal(["z", "a", "k"], await ListAsync(null));
    }

    [Fact]
    public async Task The_faces_of_a_deleted_user_stay_and_are_nobodys()
    {
        await GivenUserAsync(_maya, "m1");
        await Collections.DeleteUserAsync(_class, _maya, default);

        Assert.Equal([new FaceRecord(new FaceId("m1"), null)], await Collections.ListFacesAsync(_class, null, default));
        Assert.Empty((await SearchAsync(Faces.Of("m1"))).Matches);
    }

    [Fact]
    public async Task A_face_is_taken_only_from_the_user_it_belongs_to()
    {
        await GivenUserAsync(_maya, "m1");
        await GivenUserAsync(_noam, "n1");
        await Collections.DisassociateFacesAsync(_class, _noam, [new FaceId("m1")], default);

        Assert.Equal(["m1"], await ListAsync(_maya));
    }

    [Fact]
    public async Task A_deleted_face_is_found_no_more()
    {
        await GivenUserAsync(_maya, "m1");
        await SearchAsync(Faces.Of("m1"));
        await Collections.DeleteFacesAsync(_class, [new FaceId("m1")], default);

        Assert.Empty((await SearchAsync(Faces.Of("m1"))).Matches);
    }

    [Fact]
    public async Task A_user_has_at_most_100_faces()
    {
        await GivenUserAsync(_maya, [.. Enumerable.Range(0, 100).Select(number => $"m{number}")]);
        await IndexAsync("one more", Faces.Of("one more"));

        var refused = await Assert.ThrowsAsync<AssociationRefusedException>(
            () => Collections.AssociateFacesAsync(_class, _maya, [new FaceId("one more")], default));

        Assert.Contains("at most 100", refused.Message, StringComparison.Ordinal);
        Assert.Equal(100, (await ListAsync(_maya)).Count);
    }

    [Fact]
    public async Task Nothing_is_associated_where_one_face_cannot_be()
    {
        await GivenUserAsync(_maya, "m1");
        await GivenUserAsync(_noam, "n1");
        await IndexAsync("free", Faces.Of("free"));

        foreach (var bad in new[] { "n1", "never indexed" })
        {
            await Assert.ThrowsAsync<AssociationRefusedException>(
                () => Collections.AssociateFacesAsync(_class, _maya, [new FaceId("free"), new FaceId(bad)], default));
        }

        Assert.Equal(["m1"], await ListAsync(_maya));
    }

    [Fact]
    public async Task A_user_that_does_not_exist_gets_no_face()
    {
        await Collections.CreateCollectionAsync(_class, default);
        await IndexAsync("m1", Faces.Of("m1"));

        await Assert.ThrowsAsync<AssociationRefusedException>(
            () => Collections.AssociateFacesAsync(_class, _maya, [new FaceId("m1")], default));
    }

    [Fact]
    public async Task A_missing_collection_is_said_to_be_missing()
    {
        Func<Task>[] verbs =
        [
            () => Collections.CreateUserAsync(_class, _maya, default),
            () => Collections.DeleteUserAsync(_class, _maya, default),
            () => IndexAsync("m1", Faces.Of("m1")),
            () => Collections.AssociateFacesAsync(_class, _maya, [new FaceId("m1")], default),
            () => Collections.DisassociateFacesAsync(_class, _maya, [new FaceId("m1")], default),
            () => SearchAsync(Faces.Of("m1")),
            () => ListAsync(null),
            () => Collections.DeleteFacesAsync(_class, [new FaceId("m1")], default),
        ];

        foreach (var verb in verbs)
            await Assert.ThrowsAsync<CollectionNotFoundException>(verb);
    }

    [Fact]
    public async Task Collections_do_not_know_each_others_users()
    {
        await GivenUserAsync(_maya, "m1");
        var other = new CollectionId("other class");
        await Collections.CreateCollectionAsync(other, default);

        Assert.Empty((await Collections.SearchUsersByImageAsync(other, Faces.Of("m1"), default)).Matches);
    }

    private Task GivenUserAsync(PersonId user, params string[] faces) =>
        GivenUserAsync(user, [.. faces.Select(face => (face, Faces.Of(face)))]);

    private Task GivenUserAsync(PersonId user, Embedding face) => GivenUserAsync(user, [($"of {user}", face)]);

    private async Task GivenUserAsync(PersonId user, (string Id, Embedding Face)[] faces)
    {
        await Collections.CreateCollectionAsync(_class, default);
        await Collections.CreateUserAsync(_class, user, default);
        await Collections.IndexFacesAsync(_class, [.. faces.Select(face => new FaceToIndex(new FaceId(face.Id), face.Face))], default);
        await Collections.AssociateFacesAsync(_class, user, [.. faces.Select(face => new FaceId(face.Id))], default);
    }

    private Task IndexAsync(string id, Embedding face) =>
        Collections.IndexFacesAsync(_class, [new FaceToIndex(new FaceId(id), face)], default);

    private Task<FaceSearch> SearchAsync(Embedding face) => Collections.SearchUsersByImageAsync(_class, face, default);

    private async Task<IReadOnlyList<string>> ListAsync(PersonId? user) =>
        [.. (await Collections.ListFacesAsync(_class, user, default)).Select(face => face.Face.Value)];
}
