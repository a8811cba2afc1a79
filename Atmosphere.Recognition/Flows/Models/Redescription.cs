using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Models;

/// <summary>
/// Describes all faces with another recogniser. Its vectors are kept apart from those in use until all are there; each photo and each person is
/// one transaction, so that an interrupted run continues where it was.
/// </summary>
public sealed class Redescription(Database database, IMediaStore media, PhotoDecoder decoder)
{
    /// <summary>How many photos and persons are still to be described.</summary>
    public Task<int> LeftAsync(IFaceEngine wanted, CancellationToken cancellation) => LeftAsync(database, wanted, cancellation);

    /// <inheritdoc cref="LeftAsync(IFaceEngine, CancellationToken)"/>
    public static Task<int> LeftAsync(Database database, IFaceEngine wanted, CancellationToken cancellation) =>
        database.ReadAsync(session => LeftAsync(session, wanted.Model), cancellation);

    /// <summary>Describes what is left.</summary>
    /// <param name="wanted">The recogniser that is to be used.</param>
    /// <param name="progress">Photos and persons done by this call.</param>
    public async Task ContinueAsync(IFaceEngine wanted, IProgress<int>? progress, CancellationToken cancellation)
    {
        var done = 0;
        foreach (var photo in await database.ReadAsync(session => NextEmbeddings.DueAsync(session, wanted.Model), cancellation))
        {
            await DescribePhotoAsync(wanted, photo, cancellation);
            progress?.Report(++done);
        }

        foreach (var person in await database.ReadAsync(session => NextLearned.DueAsync(session, wanted.Model), cancellation))
        {
            await DescribePersonAsync(wanted, person, cancellation);
            progress?.Report(++done);
        }
    }

    /// <summary>
    /// Uses the recogniser from the next start on, if nothing is left. Called only while nothing else runs on the data: a vector in memory would
    /// be compared with those of another model.
    /// </summary>
    /// <returns>False if faces were added that are not described yet.</returns>
    public Task<bool> TakeOverAsync(ModelEngine wanted, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            var model = wanted.Faces.Model;
            if (await LeftAsync(session, model) > 0)
                return false;
            await NextEmbeddings.TakeOverAsync(session, model);
            await PersonTable.PhotosWantedAgainAsync(session, await NextLearned.TakeOverAsync(session, model));
            await ModelUse.UseAsync(session, ModelUse.Recogniser, wanted.Name);
            return true;
        },
        cancellation);

    private static async Task<int> LeftAsync(Session session, string model) =>
        (await NextEmbeddings.DueAsync(session, model)).Count + (await NextLearned.DueAsync(session, model)).Count;

    private async Task DescribePhotoAsync(IFaceEngine wanted, PhotoId photo, CancellationToken cancellation)
    {
        var (row, found) = await database.ReadAsync(
            async session => (await PhotoTable.FindAsync(session, photo), await FoundFaces.OfAsync(session, photo)), cancellation);
        var faces = found.Where(face => face.Description is not null).ToList();
        var described = await PixelsAsync(row?.Media, cancellation) is { } pixels ? await wanted.EmbedAsync(pixels, [.. faces.Select(face => face.Face)], cancellation) : null;
        await database.WriteAsync(
            async session =>
            {
                foreach (var (index, face) in faces.Index())
                    await NextEmbeddings.PutAsync(session, photo, face.Id, wanted.Model, described?[index].Embedding, described?[index].MirrorDistance ?? 0);
                await NextEmbeddings.EndAsync(session, photo, wanted.Model);
            },
            cancellation);
    }

    /// <summary>
    /// Tagged faces are described from their photos. Of the photos of a registration only the portrait is kept: it takes the place of the newest
    /// of them.
    /// </summary>
    private async Task DescribePersonAsync(IFaceEngine wanted, PersonId person, CancellationToken cancellation)
    {
        var faces = await database.ReadAsync(session => NextLearned.FacesAsync(session, person), cancellation);
        foreach (var photo in await database.ReadAsync(session => NextEmbeddings.DueAsync(session, wanted.Model, faces), cancellation))
            await DescribePhotoAsync(wanted, photo, cancellation);

        var (vectors, file) = await database.ReadAsync(
            async session => (await NextEmbeddings.VectorsAsync(session, wanted.Model, faces), await PersonTable.PortraitAsync(session, person)), cancellation);
        var portrait = await PortraitAsync(wanted, file, cancellation);
        await database.WriteAsync(
            async session =>
            {
                foreach (var face in faces)
                {
                    var vector = vectors.GetValueOrDefault(face);
                    if (vector is null)
                        (vector, portrait) = (portrait, null);
                    await NextLearned.PutAsync(session, face, wanted.Model, vector);
                }
            },
            cancellation);
    }

    private async Task<Embedding?> PortraitAsync(IFaceEngine wanted, MediaKey? file, CancellationToken cancellation)
    {
        if (await PixelsAsync(file, cancellation) is not { } pixels)
            return null;
        var found = await wanted.DetectAsync(pixels, DetectionPlan.Portrait, cancellation);
        return Portraits.Subject(found, pixels) is { } face ? (await wanted.EmbedAsync(pixels, [face], cancellation))[0].Embedding : null;
    }

    /// <returns>Null if the picture is gone or cannot be read.</returns>
    private async Task<Pixels?> PixelsAsync(MediaKey? file, CancellationToken cancellation)
    {
        try
        {
            return file is { } key ? decoder.Decode(await media.GetAsync(key, cancellation), "The photo") : null;
        }
        catch (Exception gone) when (gone is PhotoRefusedException or MediaNotFoundException)
        {
            return null;
        }
    }
}
