using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Asks the teachers of the group, with one picture, whether a person's first matches are right. Until then none of them is delivered.</summary>
internal sealed class CheckFirstMatches(Database database, HeldFaces held, IMediaStore media)
    : IStep<Messages.CheckFirstMatches>, IOnExhausted<Messages.CheckFirstMatches>
{
    public async Task<Effects> HandleAsync(Messages.CheckFirstMatches message, CancellationToken cancellation)
    {
        var (faces, portrait) = await database.ReadAsync(
            async session => await MatchChecks.IsOpenAsync(session, message.Person)
                ? (await FoundFaces.FindAsync(session, await MatchChecks.FirstAsync(session, message.Person)), await PersonTable.PortraitAsync(session, message.Person))
                : ([], null),
            cancellation);
        if (faces.Count == 0 || await held.PrepareMatchesAsync(message.Person, faces, portrait, cancellation) is not { } matches)
            return Effects.None;

        var isHeld = false;
        return new Effects()
            .Change(async (session, outbox) =>
            {
                isHeld = await MatchChecks.IsOpenAsync(session, message.Person);
                if (isHeld)
                    await held.HoldAsync(session, outbox, [matches]);
            })
            .Afterwards(() => isHeld ? Task.CompletedTask : Task.WhenAll(matches.Files.Select(file => media.DeleteAsync(file, CancellationToken.None))));
    }

    /// <summary>The hourly round tries again.</summary>
    public Effects Exhausted(Messages.CheckFirstMatches message, Exception reason) => Effects.None;
}
