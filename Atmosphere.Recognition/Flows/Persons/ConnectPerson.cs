using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Learns a person from its photos, then deletes them.</summary>
internal sealed class ConnectPerson(Database database, IMediaStore media, EnrolmentFaces enrolment, IFaceCollections collections)
    : IStep<Messages.ConnectPerson>, IOnExhausted<Messages.ConnectPerson>
{
    public async Task<Effects> HandleAsync(Messages.ConnectPerson message, CancellationToken cancellation)
    {
        var (person, photos) = await database.ReadAsync(
            async session => (await PersonTable.FindAsync(session, message.Person), await PersonTable.PhotosAsync(session, message.Person)), cancellation);
        if (person is not { State: "connecting" })
            return Effects.None;

        var faces = await enrolment.FindAsync(photos, cancellation);
        if (faces.Count == 0)
            return GiveUp(message, NotConnectedReason.CouldNotLearn);

        var collection = CollectionId.Of(person.GroupId);
        await collections.CreateCollectionAsync(collection, cancellation);
        if (await LooksLikeAnotherAsync(collection, person.Id, faces, cancellation))
            return GiveUp(message, NotConnectedReason.LooksLikeAnother);

        await collections.CreateUserAsync(collection, person.Id, cancellation);
        await collections.IndexFacesAsync(collection, faces, cancellation);
        await collections.AssociateFacesAsync(collection, person.Id, [.. faces.Select(face => face.Face)], cancellation);
        return EndOfLearning.Of(person.Id, "connected", media, learned => new PersonConnected(learned.Id, learned.Owner));
    }

    public Effects Exhausted(Messages.ConnectPerson message, Exception reason) => GiveUp(message, NotConnectedReason.CouldNotLearn);

    private static Effects GiveUp(Messages.ConnectPerson message, NotConnectedReason reason) =>
        new Effects().Send(new Messages.GiveUpPerson(message.Person, reason));

    /// <summary>Of two who are as near to every photo neither gets a name: registering the second would take the photos from the first.</summary>
    /// <remarks>
    /// The rule is the one by which photos get names: whose vector is near enough to be given another's name is that other, as far as can be
    /// seen. The lead is left out, since two who look alike already do not make room for a third. Somebody who is only uncertain is let in:
    /// their own photos are nearer to themselves by far, and refusing them would turn away strangers.
    /// </remarks>
    private async Task<bool> LooksLikeAnotherAsync(
        CollectionId collection, PersonId person, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation)
    {
        // An earlier attempt that came to associate has passed; since then the person itself would be found.
        if ((await collections.ListFacesAsync(collection, person, cancellation)).Count > 0)
            return false;

        var mean = Embedding.Mean([.. faces.Select(face => face.Embedding)]);
        return (await collections.SearchUsersByImageAsync(collection, mean, cancellation)).NearEnough;
    }
}
