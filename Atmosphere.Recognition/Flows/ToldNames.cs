using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows;

/// <summary>Tells colleagues of names that faces get by themselves, where they wish to know and listen: by <see cref="IdentifyOptions.TellIdentified"/>.</summary>
internal sealed class ToldNames(IColleagues colleagues, IOptions<IdentifyOptions> options, TimeProvider clock)
{
    /// <summary>Once a face and person; not where a question tells of the name already.</summary>
    public async Task TellAsync(Session session, IOutbox outbox, PhotoId photo, FaceId face, PersonId person)
    {
        if (options.Value.TellIdentified && colleagues.Listening)
            await IdentifiedQuestions.AddAsync(session, outbox, photo, face, person, clock.GetUtcNow());
    }
}
