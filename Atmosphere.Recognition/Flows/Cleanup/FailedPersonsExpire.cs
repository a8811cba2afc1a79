using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>Deletes persons who could not be learned, with any remains in the face collection.</summary>
internal sealed class FailedPersonsExpire(Database database, IFaceCollections collections, IOptions<RetentionOptions> options, TimeProvider clock)
    : ITimeToLive
{
    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - options.Value.FailedPersons;
        var expired = await database.ReadAsync(session => PersonTable.FailedAsync(session, before), cancellation);
        foreach (var person in expired)
        {
            await collections.ForgetUserAsync(CollectionId.Of(person.GroupId), person.Id, [], cancellation);
            await database.WriteAsync(
                async session =>
                {
                    await FaceTable.ForgetAsync(session, person.Id);
                    await QuestionTable.ForgetAsync(session, person.Id);
                    _ = await DependentRows.GoAsync(session, Subject.Person, Fate.Deleted, person.Id.Value);
                },
                cancellation);
        }

        return expired.Count;
    }
}
