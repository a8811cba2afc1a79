using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Forgetting;

/// <summary>Gives a parent the receipt for a person who is forgotten. It says how much there was, and names nobody.</summary>
internal sealed class TellErased(ErasureRecords erasures, IParents parents) : IStep<PersonErased>
{
    public async Task<Effects> HandleAsync(PersonErased message, CancellationToken cancellation)
    {
        if (await erasures.FindAsync(message.Erasure, cancellation) is not { EndedAt: { } ended } erasure)
            return Effects.None;

        var values = new Dictionary<string, string>
        {
            ["faces"] = erasure.FacesDeleted.ToString(CultureInfo.InvariantCulture),
            ["files"] = erasure.FilesDeleted.ToString(CultureInfo.InvariantCulture),
            ["date"] = DateTimeOffset.FromUnixTimeMilliseconds(ended).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        };
        _ = await parents.SendAsync(
            new ParentNotice(new DeliveryId($"erasure-{message.Erasure}"), message.Receiver, erasure.Searched == "everything" ? "remove-person.receipt" : "remove-person.receipt-after-restart", values, null)
            {
                AskedFor = true,
            },
            cancellation);
        return Effects.None;
    }
}
