using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Faces.Onnx.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Faces.Catalogue;

/// <summary>Loads a recogniser beside the one in use.</summary>
public sealed class ModelEngines(IOptions<FaceModelOptions> options, IConfiguration settings)
{
    /// <param name="name">A recogniser of the catalogue.</param>
    /// <returns>An engine that the caller disposes.</returns>
    /// <exception cref="FaceModelException">There is no such recogniser, or its files are not those that were measured.</exception>
    public ModelEngine Open(string name)
    {
        var folder = ModelFolder.Of(settings);
        var model = folder.Find(name);
        if (model.Kind != ModelKind.Recogniser)
            throw new FaceModelException($"{name} finds faces; it does not describe them. Name a recogniser of 'models list'.");
        if (folder.Problems(model).FirstOrDefault() is { } problem)
            throw new FaceModelException($"{problem} Fetch it: atmosphere models get {name}.");
        var wanted = options.Value.Copy();
        wanted.Recogniser = model.IsBuiltIn ? null : folder.PathOf(model, model.Files[0]);
        wanted.RecogniserFamily = model.IsBuiltIn ? null : model.Family;
        wanted.RecogniserRules = null;
        wanted.Rules = model.Rules;
        wanted.Workers = 1;
        var engine = new OnnxFaceEngine(wanted);
        return new ModelEngine(name, engine, engine);
    }
}

/// <summary>A recogniser that is loaded beside the one in use.</summary>
/// <param name="name">Its name in the catalogue.</param>
/// <param name="engine">The engine.</param>
/// <param name="owned">Disposed with it.</param>
public sealed class ModelEngine(string name, IFaceEngine engine, IDisposable owned) : IDisposable
{
    public string Name => name;

    public IFaceEngine Faces => engine;

    public void Dispose() => owned.Dispose();
}
