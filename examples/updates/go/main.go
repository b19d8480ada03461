// SPDX-License-Identifier: MIT

// An application in Go that updates itself by the launcher's files. It runs in data/, and the launcher
// writes updater/status.json beside that folder.
package main

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

const (
	statusFile   = "../updater/status.json"
	requests     = ".launcher"
	newerRelease = 10 // exit status of `check`; the others are in docs/updates.md
	patience     = time.Hour
)

type answer struct {
	Status  int    `json:"status"`
	Message string `json:"message"`
}

// ask writes a request, and waits until the launcher has carried it out.
func ask(request map[string]any) (answer, error) {
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		return answer{}, err
	}
	id := fmt.Sprintf("%x", random)
	request["format"], request["id"] = 1, id
	text, err := json.Marshal(request)
	if err != nil {
		return answer{}, err
	}
	part := filepath.Join(requests, id+".part")
	if err := os.WriteFile(part, text, 0o644); err != nil {
		return answer{}, err
	}
	// The launcher must not see a file that is not complete.
	if err := os.Rename(part, filepath.Join(requests, "request-"+id+".json")); err != nil {
		return answer{}, err
	}
	return await(id)
}

func await(id string) (answer, error) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(250 * time.Millisecond) {
		var status struct{ Answers map[string]answer }
		text, err := os.ReadFile(statusFile)
		if err != nil || json.Unmarshal(text, &status) != nil {
			continue
		}
		if found, ok := status.Answers[id]; ok {
			return found, nil
		}
	}
	return answer{}, fmt.Errorf("the launcher did not answer")
}

func respond(w http.ResponseWriter, status int, content any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(content)
}

func adminOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		expected := []byte("Bearer " + os.Getenv("ADMIN_TOKEN"))
		if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), expected) != 1 {
			respond(w, http.StatusForbidden, answer{1, "You are no administrator."})
			return
		}
		next(w, r)
	}
}

func check(w http.ResponseWriter, _ *http.Request) {
	result, err := ask(map[string]any{"request": "check"})
	if err != nil {
		respond(w, http.StatusInternalServerError, answer{1, err.Error()})
		return
	}
	respond(w, http.StatusOK, map[string]any{"found": result.Status == newerRelease, "message": result.Message})
}

func update(w http.ResponseWriter, _ *http.Request) {
	for _, request := range []map[string]any{
		{"request": "download"},
		{"request": "apply", "now": true},
	} {
		result, err := ask(request)
		if err != nil {
			result = answer{1, err.Error()}
		}
		if result.Status != 0 {
			respond(w, http.StatusConflict, result)
			return
		}
	}
	respond(w, http.StatusAccepted, answer{0, "The application is being restarted."})
}

func showUpdate(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		adminOnly(update)(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.ServeFile(w, r, statusFile)
}

func main() {
	// The launcher asks /health for the value that it has started this version with.
	http.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) {
		respond(w, http.StatusOK, map[string]string{"run": os.Getenv("LAUNCHER_RUN")})
	})
	http.HandleFunc("/about", func(w http.ResponseWriter, _ *http.Request) {
		respond(w, http.StatusOK, map[string]string{"version": os.Getenv("LAUNCHER_VERSION")})
	})
	http.HandleFunc("/update", showUpdate)
	http.HandleFunc("/update/check", adminOnly(check))

	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	if err := os.WriteFile(os.Getenv("LAUNCHER_URL_FILE"), []byte(address), 0o644); err != nil {
		log.Print("the launcher does not get the address: ", err)
	}
	log.Fatal(http.Serve(listener, nil))
}
