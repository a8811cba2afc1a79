using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Faces.Onnx;

/// <summary>Face collections in a data folder of their own, deleted at the end.</summary>
internal sealed class CollectionsFixture : IDisposable
{
    public const string Model = "0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-collections-").FullName;

    public CollectionsFixture()
    {
        Database = new Database(_folder);
        Schema.Recognition.ApplyAsync(Database, TimeProvider.System).GetAwaiter().GetResult();
        Collections = Open();
    }

    public Database Database { get; }

    public OnnxFaceCollections Collections { get; }

    /// <summary>The same data as a program sees it that starts anew.</summary>
    public OnnxFaceCollections Open(string model = Model) => new(Database, new FaceNaming(NamingRules.FaceApi), model);

    public void Dispose()
    {
        Collections.Dispose();
        Database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
